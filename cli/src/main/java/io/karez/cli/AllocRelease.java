package io.karez.cli;

import io.karez.allocation.Inquiry;
import io.karez.allocation.Release;
import io.karez.allocation.Release.Outcome;
import io.karez.define.JobState;
import io.karez.scheduler.Allocation;
import io.karez.scheduler.NativeId;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import io.karez.text.Problems;
import io.karez.text.ShellWords;
import io.karez.transport.TransportException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Gives allocations back, or stops waiting for them.
final class AllocRelease implements Verb {
  private final AllocationOptions which = new AllocationOptions();

  private List<String> words = List.of();
  private boolean all;
  private boolean dryRun;

  @Override
  public void declare(Options options) {
    which.declare(options);
    options
        .words("[ID...]", "0..*", "allocations", given -> words = given)
        .flag("--all", "all that were got by Karez", () -> all = true)
        .flag("--dry-run --dry_run", "show the command; release nothing", () -> dryRun = true)
        .footer(
            "",
            "What runs in them is ended. One that has ended already is no error; one that the"
                + " scheduler does not know is.",
            "",
            "Examples:",
            "  karez alloc release 118568",
            "  karez alloc release --on triton --all");
  }

  @Override
  public int run(Console console) throws Exception {
    if (all == !words.isEmpty()) {
      throw new InvalidInputException(
          Problem.of(
                  all
                      ? "`--all` and the numbers of allocations exclude each other"
                      : "which allocation is to be released?")
              .hint("`karez alloc list` shows yours, and `--all` releases those got by Karez"));
    }
    Problems problems = new Problems();
    List<NativeId> named =
        words.stream()
            .map(word -> problems.attempt(() -> AllocationOptions.id(word)))
            .flatMap(Optional::stream)
            .distinct()
            .toList();
    problems.throwIfAny();
    Inquiry inquiry =
        new Inquiry(
            dryRun && !all ? which.offered() : which.allocations(), which.place().transport());
    List<NativeId> ids = all ? ours(inquiry) : named;
    if (ids.isEmpty()) {
      console.err().println("there is no allocation to release");
      return ExitCode.DONE;
    }
    if (dryRun) {
      console.out().println(ShellWords.quoteAll(inquiry.allocations().release(ids).words()));
      return ExitCode.DONE;
    }
    boolean done = true;
    for (Map.Entry<NativeId, Outcome> entry : new Release(inquiry).release(ids).entrySet()) {
      done &= say(console, entry.getKey(), entry.getValue());
    }
    return done ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static List<NativeId> ours(Inquiry inquiry) throws TransportException {
    return inquiry.mine().stream()
        .filter(allocation -> allocation.isLive() && allocation.token().isPresent())
        .map(Allocation::id)
        .toList();
  }

  /// @return whether nothing is wrong with it
  private boolean say(Console console, NativeId id, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Released released -> {
        boolean waited = released.before().state() != JobState.RUNNING;
        console
            .out()
            .println(
                waited
                    ? "allocation %s: no longer waited for".formatted(id)
                    : "allocation %s: released, %s"
                        .formatted(id, AllocationText.nodes(released.before())));
        yield true;
      }
      case Outcome.Ended ended -> {
        console.err().println("allocation %s had ended before".formatted(id));
        yield true;
      }
      case Outcome.Unknown unknown -> {
        console.err().println("error: `%s` knows no allocation %s".formatted(which.runner(), id));
        console.err().println("hint: " + which.whereElse());
        yield false;
      }
      case Outcome.NotOne batch -> {
        console
            .err()
            .println(
                "error: %s is a job with a script of its own, and no allocation".formatted(id));
        console.err().println("hint: `karez cancel` ends jobs of runs");
        yield false;
      }
      case Outcome.Refused refused -> {
        console.err().println("error: allocation %s is not released".formatted(id));
        console.err().println(Printable.of(refused.text()).indent(2).stripTrailing());
        yield false;
      }
    };
  }
}
