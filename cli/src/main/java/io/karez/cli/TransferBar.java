package io.karez.cli;

import io.karez.transfer.Progress;
import java.time.Duration;

/// One line on the terminal that tells how far a transfer has come.
final class TransferBar implements Progress, AutoCloseable {
  private static final int WIDTH = 20;
  private static final Duration EVERY = Duration.ofMillis(100);

  private final Console console;
  private long shown;
  private boolean isShown;

  TransferBar(Console console) {
    this.console = console;
  }

  @Override
  public void waits() {
    console.err().println("waiting: another transfer between these places is at work");
  }

  @Override
  public void at(Step step) {
    long now = System.nanoTime();
    boolean ended = step.bytes() == step.allBytes() && step.files() == step.allFiles();
    if (!console.errTerminal() || (isShown && !ended && now - shown < EVERY.toNanos())) {
      return;
    }
    shown = now;
    isShown = true;
    console.err().print("\r\033[K" + DisplayWidth.cut(text(step), console.columns() - 1));
    console.err().flush();
  }

  /// `█████░░░ 120/2000 files, 12.0 MiB of 200.0 MiB, 5.1 MiB/s, 37 s left`.
  static String text(Progress.Step step) {
    double part =
        step.allBytes() > 0
            ? (double) step.bytes() / step.allBytes()
            : (double) step.files() / Math.max(1, step.allFiles());
    int filled = (int) (WIDTH * part);
    StringBuilder text =
        new StringBuilder(
            "%s%s %d/%d files, %s of %s"
                .formatted(
                    "█".repeat(filled),
                    "░".repeat(WIDTH - filled),
                    step.files(),
                    step.allFiles(),
                    Quantities.bytes(step.bytes()),
                    Quantities.bytes(step.allBytes())));
    step.rate().ifPresent(rate -> text.append(", ").append(Quantities.bytes(rate)).append("/s"));
    step.remaining()
        .filter(time -> !time.isZero())
        .ifPresent(time -> text.append(", ").append(whole(time)).append(" left"));
    return text.toString();
  }

  private static String whole(Duration time) {
    return time.toSeconds() < 60 ? time.toSeconds() + " s" : Quantities.duration(time);
  }

  @Override
  public void close() {
    if (isShown) {
      console.err().print("\r\033[K");
      console.err().flush();
    }
  }
}
