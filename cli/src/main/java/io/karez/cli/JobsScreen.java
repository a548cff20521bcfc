package io.karez.cli;

import io.karez.inspect.RunView;
import io.karez.inspect.Runs;
import io.karez.project.Places;
import io.karez.store.RunDirectory;
import io.karez.track.TrackedJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The jobs of one run, below a line about the run.
record JobsScreen(Inspection inspection, NamedRun name, Console console) implements StatusScreen {

  @Override
  public Shown show(int columns, int height) {
    RunDirectory run = name.run();
    Runs.Detail detail = inspection.runs().detail(run);
    boolean person = console.outTerminal();
    boolean color = person && console.color();
    List<TrackedJob> jobs =
        name.pick(detail.jobs()).stream().sorted(JobsTable.WORST_FIRST).toList();
    Optional<String> unsubmitted = Unsubmitted.line(run, detail.jobs());
    List<String> lines = new ArrayList<>();
    if (person) {
      lines.add(title(detail.view(), columns, color));
      unsubmitted.ifPresent(lines::add);
      lines.add("");
    } else {
      unsubmitted.ifPresent(console.err()::println);
    }
    int room = Math.max(1, height - lines.size() - 2);
    List<TrackedJob> shown = jobs.subList(0, Math.min(room, jobs.size()));
    TextTable table = new JobsTable(detail.view(), inspection.clock().instant()).of(shown);
    lines.addAll(person ? table.lines(columns, color) : table.tabbed());
    if (shown.size() < jobs.size()) {
      lines.add(
          Style.FAINT.paint("... and %d more: --all".formatted(jobs.size() - shown.size()), color));
    }
    return new Shown(lines, jobs.stream().allMatch(job -> job.verdict().settled()));
  }

  /// On one line; the place goes where there is no room for it.
  private String title(RunView view, int columns, boolean color) {
    String name = "run " + Sentences.name(view.document());
    String counts = Sentences.counts(view.counts());
    String place = Printable.onLine(Places.shown(this.name.run().path()));
    int room = columns - DisplayWidth.of(name + counts) - 4;
    return Style.HEAD.paint(name, color)
        + "  "
        + counts
        + (DisplayWidth.of(place) > room ? "" : "  " + Style.FAINT.paint(place, color));
  }
}
