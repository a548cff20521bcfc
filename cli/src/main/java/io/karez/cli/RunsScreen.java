package io.karez.cli;

import io.karez.define.Experiment;
import io.karez.define.ExperimentName;
import io.karez.inspect.Runs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;

/// The runs of an experiment, below what is known of it, or those of all.
///
/// @param name empty for all
/// @param experiment empty when it is not registered
record RunsScreen(
    Inspection inspection,
    Optional<ExperimentName> name,
    Optional<Experiment> experiment,
    Console console)
    implements StatusScreen {
  @Override
  public Shown show(int columns, int height) {
    List<Runs.Line> rows = inspection.lines(name);
    boolean person = console.outTerminal();
    boolean color = person && console.color();
    List<String> lines = new ArrayList<>();
    experiment.ifPresent(known -> {
      lines.addAll(ExperimentHeader.lines(known, rows.size(), color));
      lines.add("");
    });
    boolean settled = rows.stream().allMatch(Runs.Line::settled);
    if (rows.isEmpty()) {
      lines.add("no runs yet");
      return new Shown(lines, true);
    }
    int room = Math.max(1, height - lines.size() - 2);
    List<Runs.Line> shown = rows.subList(0, Math.min(room, rows.size()));
    TextTable table =
        new RunsTable(name.isEmpty(), inspection.clock().instant(), TimeZone.getDefault())
            .of(shown);
    lines.addAll(person ? table.lines(columns, color) : table.tabbed());
    if (shown.size() < rows.size()) {
      lines.add(
          Style.FAINT.paint(
              "... and %d older: --all".formatted(rows.size() - shown.size()), color));
    }
    return new Shown(lines, settled);
  }
}
