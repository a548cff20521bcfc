package io.karez.cli;

import io.karez.define.ExperimentName;
import io.karez.define.JobState;
import io.karez.inspect.Runs;
import io.karez.project.Places;
import io.karez.store.Progress;
import io.karez.store.RunDirectory;
import io.karez.store.RunSummary;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;

/// The table of runs that `status` shows.
///
/// @param withExperiment whether the runs belong to several experiments
/// @param now when they were looked at
record RunsTable(boolean withExperiment, Instant now, TimeZone zone) {
  TextTable of(List<Runs.Line> rows) {
    boolean withSite = rows.stream().anyMatch(row -> !site(row).isEmpty());
    List<TextTable.Column> columns = new ArrayList<>();
    columns.add(TextTable.Column.number("id"));
    if (withExperiment) {
      columns.add(TextTable.Column.text("experiment"));
    }
    columns.add(TextTable.Column.text("description").leaving(4));
    columns.add(TextTable.Column.path("path").leaving(1));
    columns.add(TextTable.Column.of("runner").leaving(2));
    if (withSite) {
      columns.add(TextTable.Column.of("site").leaving(2));
    }
    columns.add(TextTable.Column.of("launch date").leaving(5));
    columns.add(TextTable.Column.number("duration").leaving(6));
    columns.add(TextTable.Column.of("status"));
    columns.add(TextTable.Column.text("tags").leaving(3));
    columns.add(TextTable.Column.number("progress"));
    return new TextTable(columns, rows.stream().map(row -> row(row, withSite)).toList());
  }

  private static String site(Runs.Line row) {
    return row instanceof Runs.Line.Whole(RunSummary run) ? run.site() : "";
  }

  private List<TextTable.Cell> row(Runs.Line row, boolean withSite) {
    return row instanceof Runs.Line.Whole(RunSummary run)
        ? whole(run, withSite)
        : broken((Runs.Line.Broken) row, withSite);
  }

  private List<TextTable.Cell> whole(RunSummary run, boolean withSite) {
    List<TextTable.Cell> cells = new ArrayList<>();
    cells.add(TextTable.Cell.of(run.directory().id().toString()));
    if (withExperiment) {
      cells.add(TextTable.Cell.of(experiment(run.experiment())));
    }
    cells.add(text(run.description()));
    cells.add(path(run.directory()));
    cells.add(text(run.runner()));
    if (withSite) {
      cells.add(text(run.site()));
    }
    cells.add(TextTable.Cell.of(Quantities.moment(run.created(), zone)));
    cells.add(TextTable.Cell.of(duration(run)));
    cells.add(StateMark.cell(run.state(), part(run)));
    cells.add(text(String.join(", ", run.tags())));
    cells.add(TextTable.Cell.of(run.progress().map(Progress::toString).orElse("")));
    return cells;
  }

  private List<TextTable.Cell> broken(Runs.Line.Broken run, boolean withSite) {
    List<TextTable.Cell> cells = new ArrayList<>();
    cells.add(TextTable.Cell.of(run.directory().id().toString()));
    if (withExperiment) {
      Path folder = run.directory().path().resolveSibling(".").normalize().getFileName();
      cells.add(text(String.valueOf(folder)));
    }
    cells.add(text(run.problem()));
    cells.add(path(run.directory()));
    for (int empty = withSite ? 4 : 3; empty > 0; empty--) {
      cells.add(TextTable.Cell.of(""));
    }
    cells.add(new TextTable.Cell("!", "unreadable", Style.BAD));
    cells.addAll(List.of(TextTable.Cell.of(""), TextTable.Cell.of("")));
    return cells;
  }

  private static String experiment(ExperimentName name) {
    return name.equals(ExperimentName.UNREGISTERED) ? "" : name.value();
  }

  private TextTable.Cell path(RunDirectory run) {
    return text(Places.shown(run.path()));
  }

  private static TextTable.Cell text(String text) {
    return TextTable.Cell.of(Printable.onLine(text));
  }

  private String duration(RunSummary run) {
    return run.started()
        .filter(start -> run.ended().isPresent() || !run.settled())
        .map(start -> Duration.between(start, run.ended().orElse(now)))
        .map(Quantities::duration)
        .orElse("");
  }

  /// How many of its jobs a run's state speaks of, where that is not all.
  private static String part(RunSummary run) {
    int all = run.jobs();
    if (all == 1) {
      return "";
    }
    int alike = run.counts().getOrDefault(run.state(), 0);
    if (!run.settled()) {
      int ended =
          run.counts().entrySet().stream()
              .filter(count -> count.getKey().isEnd())
              .mapToInt(Map.Entry::getValue)
              .sum();
      int failed = run.counts().getOrDefault(JobState.FAILED, 0);
      return " %d/%d done%s"
          .formatted(ended, all, failed == 0 ? "" : ", %d failed".formatted(failed));
    }
    return alike == all ? "" : " %d/%d".formatted(alike, all);
  }
}
