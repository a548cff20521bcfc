package io.karez.cli;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/// Says once in a command that a batch system does not answer: what is shown then may be old.
final class Silence implements BiConsumer<String, String> {
  private final Console console;
  private final AtomicBoolean said = new AtomicBoolean();

  Silence(Console console) {
    this.console = console;
  }

  /// @param why lower case, no full stop
  @Override
  public void accept(String scheduler, String why) {
    if (said.compareAndSet(false, true)) {
      console
          .err()
          .println(
              "warning: `%s` does not answer (%s); jobs are shown as they were last known"
                  .formatted(scheduler, Printable.joined(why)));
    }
  }
}
