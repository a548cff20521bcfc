package io.karez.cli;

import io.karez.allocation.Inquiry;
import io.karez.scheduler.Allocation;
import io.karez.text.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lists the allocations that the user has or waits for, as the scheduler has them.
final class AllocList implements Verb {
  private static final List<TextTable.Column> COLUMNS =
      List.of(
          TextTable.Column.of("id"),
          TextTable.Column.text("name"),
          TextTable.Column.of("state"),
          TextTable.Column.number("nodes"),
          TextTable.Column.text("node names"),
          TextTable.Column.number("remaining"),
          TextTable.Column.number("age").leaving(2),
          TextTable.Column.of("queue").leaving(1),
          TextTable.Column.of("got by").leaving(3));

  private final AllocationOptions which = new AllocationOptions();
  private boolean json;

  @Override
  public void declare(Options options) {
    which.declare(options);
    options
        .flag("--json", "one JSON document", () -> json = true)
        .footer(
            "",
            "Those that were not got by Karez can be used and released as well. The age is counted"
                + " from when it was asked for.",
            "",
            "Examples:",
            "  karez alloc list",
            "  karez alloc list --on triton");
  }

  @Override
  public int run(Console console) throws Exception {
    List<Allocation> found =
        new Inquiry(which.allocations(), which.place().transport())
            .mine().stream()
                .filter(allocation -> allocation.isLive() && !allocation.isBatch())
                .toList();
    Instant now = Instant.now();
    if (json) {
      Map<String, @Nullable Object> all = new LinkedHashMap<>();
      all.put("schema", RunJson.SCHEMA);
      all.put("site", which.place().name());
      all.put(
          "allocations",
          found.stream().map(allocation -> AllocationText.document(allocation, now)).toList());
      console.out().println(Json.write(all));
    } else if (found.isEmpty()) {
      console
          .err()
          .println(
              "there is no allocation: get one with `karez alloc get%s`"
                  .formatted(which.place().option()));
    } else {
      TextTable table = new TextTable(COLUMNS, found.stream().map(a -> row(a, now)).toList());
      List<String> lines =
          console.outTerminal() ? table.lines(console.columns(), console.color()) : table.tabbed();
      lines.forEach(console.out()::println);
    }
    return ExitCode.DONE;
  }

  private static List<TextTable.Cell> row(Allocation allocation, Instant now) {
    String reason = allocation.reason().map(text -> ", " + Printable.onLine(text)).orElse("");
    return List.of(
        text(allocation.id().text()),
        text(allocation.name()),
        StateMark.cell(allocation.state(), reason),
        text(Integer.toString(allocation.nodes())),
        text(String.join(",", allocation.hosts())),
        text(allocation.remaining().map(Quantities::duration).orElse("")),
        text(AllocationText.age(allocation, now).map(Quantities::duration).orElse("")),
        text(allocation.queue()),
        text(allocation.token().isPresent() ? "karez" : "other"));
  }

  private static TextTable.Cell text(String text) {
    return TextTable.Cell.of(Printable.onLine(text));
  }
}
