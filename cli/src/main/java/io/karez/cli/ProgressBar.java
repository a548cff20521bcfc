package io.karez.cli;

import io.karez.define.JobState;
import io.karez.define.RunId;
import io.karez.inspect.Counts;
import io.karez.track.TrackedJob;
import java.util.List;

/// One line on the terminal that tells how far a run of several jobs has come.
final class ProgressBar implements AutoCloseable {
  private static final int WIDTH = 24;

  private final RunId run;
  private final Console console;
  private final boolean shown;
  private String line = "";

  private ProgressBar(RunId run, Console console, boolean shown) {
    this.run = run;
    this.console = console;
    this.shown = shown;
  }

  /// Shows nothing for a single job, and nothing where nobody watches.
  static ProgressBar of(RunId run, int jobs, Console console) {
    return new ProgressBar(run, console, jobs > 1 && console.errTerminal());
  }

  void show(List<TrackedJob> jobs) {
    if (!shown) {
      return;
    }
    Counts counts = Counts.of(jobs);
    int done = counts.settled();
    int filled = WIDTH * done / jobs.size();
    String failed =
        counts.of(JobState.FAILED) == 0 ? "" : " (%d failed)".formatted(counts.of(JobState.FAILED));
    String text =
        "run %s %s%s %d/%d done%s, %d running"
            .formatted(
                run,
                "█".repeat(filled),
                "░".repeat(WIDTH - filled),
                done,
                jobs.size(),
                failed,
                counts.of(JobState.RUNNING));
    if (!text.equals(line)) {
      line = text;
      console.err().print("\r\033[K" + text);
      console.err().flush();
    }
  }

  void clear() {
    if (shown && !line.isEmpty()) {
      console.err().print("\r\033[K");
      console.err().flush();
      line = "";
    }
  }

  @Override
  public void close() {
    clear();
  }
}
