package io.karez.cli;

import io.karez.allocation.Acquisition;
import io.karez.allocation.Acquisition.Outcome;
import io.karez.allocation.Acquisition.Rest;
import io.karez.allocation.Inquiry;
import io.karez.define.Resources;
import io.karez.define.Site;
import io.karez.define.SubmitTemplate.Directive;
import io.karez.scheduler.Allocation;
import io.karez.scheduler.AllocationRequest;
import io.karez.scheduler.Allocations;
import io.karez.scheduler.Directives;
import io.karez.scheduler.NativeId;
import io.karez.text.Json;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.Problems;
import io.karez.text.ShellWords;
import io.karez.transport.Command;
import io.karez.transport.TransportException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Gets an allocation: nodes of a batch system, for a while, to run programs in.
final class AllocGet implements Verb {
  private final AllocationOptions which = new AllocationOptions();
  private final ResourceOptions resources = ResourceOptions.inAll();

  private List<String> natives = List.of();
  private String name = "karez";
  private boolean json;
  private boolean dryRun;

  @Override
  public void declare(Options options) {
    which.declare(options);
    resources.declare(options);
    options
        .repeated(
            "--native",
            "OPTION",
            "handed to the scheduler as it is: `--native '-C haswell' --native --exclusive`",
            values -> natives = values)
        .value("--name", "NAME", "in the scheduler's lists (default: karez)", value -> name = value)
        .flag("--json", "one JSON document", () -> json = true)
        .flag("--dry-run --dry_run", "show the command; ask for nothing", () -> dryRun = true)
        .footer(
            "",
            "Waits until the scheduler gives it, and prints its number. Ctrl-C withdraws the request."
                + " An allocation stays until its time is over or it is released, whatever becomes of"
                + " this terminal.",
            "",
            "Examples:",
            "  karez alloc get --nodes 2 --cpus 8 --time 2h",
            "  karez alloc get --on triton --time 1h");
  }

  @Override
  public int run(Console console) throws Exception {
    Allocations allocations = dryRun ? which.offered() : which.allocations();
    List<Directive> directives = directives(allocations);
    if (dryRun) {
      return show(console, allocations.get(new AllocationRequest(name, "TOKEN", directives)));
    }
    AllocationPlace place = which.place();
    place.reach();
    AllocationRequest request = new AllocationRequest(name, Acquisition.token(), directives);
    Interrupts interrupts = new Interrupts();
    Outcome outcome =
        new Acquisition(allocations, place.transport(), place.starter())
            .get(request, patience(console, interrupts));
    return switch (outcome) {
      case Outcome.Granted granted ->
          granted(console, new Inquiry(allocations, place.transport()), granted.id());
      case Outcome.Failed failed -> {
        console.err().println("error: `%s` has given no allocation".formatted(which.runner()));
        console.err().println(Printable.of(failed.text()).indent(2).stripTrailing());
        rest(console, failed.rest());
        yield ExitCode.FAILED;
      }
      case Outcome.Withdrawn withdrawn -> {
        console.err().println("the request is withdrawn");
        rest(console, withdrawn.rest());
        yield interrupts.exitCode().orElse(ExitCode.INTERRUPTED);
      }
    };
  }

  private List<Directive> directives(Allocations allocations) {
    Problems problems = new Problems();
    Resources asked = problems.attempt(resources::read).orElse(Resources.NONE);
    if (name.isBlank() || !Printable.onLine(name).equals(name)) {
      problems.add(
          Problem.at(Place.of("--name"), "`%s` cannot be shown in a list".formatted(name)));
    }
    List<Directive> given = AllocStep.natives(allocations, natives, problems);
    problems.throwIfAny();
    return new Directives(allocations)
        .over(which.place().site().map(Site::resources).orElse(Resources.NONE))
        .over(asked)
        .over(given)
        .list();
  }

  private static Acquisition.Patience patience(Console console, Interrupts interrupts) {
    return new Acquisition.Patience() {
      private Optional<NativeId> said = Optional.empty();

      @Override
      public void waits(NativeId id) {
        if (!said.equals(Optional.of(id))) {
          said = Optional.of(id);
          console.err().println("allocation %s is queued: Ctrl-C withdraws it".formatted(id));
        }
      }

      @Override
      public boolean isOver() {
        return interrupts.came();
      }
    };
  }

  private int show(Console console, Command command) {
    if (json) {
      console.out().println(Json.write(document("command", command.words())));
    } else {
      console.out().println(ShellWords.quoteAll(command.words()));
    }
    return ExitCode.DONE;
  }

  private int granted(Console console, Inquiry inquiry, NativeId id) {
    Optional<Allocation> found = look(inquiry, id);
    if (json) {
      Map<String, @Nullable Object> allocation =
          found
              .map(known -> AllocationText.document(known, Instant.now()))
              .orElseGet(() -> new LinkedHashMap<>(Map.of("id", id.text())));
      console.out().println(Json.write(document("allocation", allocation)));
    } else {
      console.out().println(id);
    }
    String nodes = found.map(known -> ": " + AllocationText.nodes(known)).orElse("");
    String time =
        found
            .flatMap(Allocation::remaining)
            .map(left -> " for " + Quantities.duration(left))
            .orElse("");
    console.err().println("allocation %s%s%s".formatted(id, nodes, time));
    console
        .err()
        .println(
            "hint: `karez alloc run%1$s %2$s -- COMMAND` runs in it, `karez alloc release%1$s %2$s` gives it back"
                .formatted(which.place().option(), id));
    return ExitCode.DONE;
  }

  /// It is there, whatever can be said of it besides.
  private static Optional<Allocation> look(Inquiry inquiry, NativeId id) {
    try {
      return inquiry.these(List.of(id)).stream().findFirst();
    } catch (TransportException e) {
      return Optional.empty();
    }
  }

  private Map<String, @Nullable Object> document(String key, Object value) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("schema", RunJson.SCHEMA);
    document.put("site", which.place().name());
    document.put(key, value);
    return document;
  }

  private void rest(Console console, Rest rest) {
    switch (rest) {
      case Rest.Nothing nothing -> {}
      case Rest.Released released ->
          console
              .err()
              .println(
                  "it was still there, as allocation %s, and is released".formatted(released.id()));
      case Rest.Doubtful doubtful -> {
        console
            .err()
            .println(
                doubtful
                    .id()
                    .map("error: allocation %s may still be there:"::formatted)
                    .orElse("error: nobody knows whether the request is still there:"));
        console.err().println(Printable.of(doubtful.why()).indent(2).stripTrailing());
        console
            .err()
            .println(
                "hint: `karez alloc list%s` shows it when the scheduler answers"
                    .formatted(which.place().option()));
      }
    }
  }
}
