package io.karez.cli;

import io.karez.store.Lease;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.submit.Drip;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A person at a terminal, who is told once what is waited for, and may press Ctrl-C.
final class LaunchPatience implements Drip.Patience {
  /// How long to wait until a full queue is tried again.
  private static final Duration UNTIL_NEXT_TRY =
      Duration.ofSeconds(Long.getLong("karez.drip.seconds", 30));

  /// The same for runs that have to end before, at first; a look may be a question to a scheduler.
  private static final Duration SHORTEST_LOOK = Duration.ofMillis(500);

  /// What is worth waiting for.
  enum Stay {
    /// Room in the queue, and the ends of other runs.
    FOR_ALL,
    /// Room in the queue.
    FOR_ROOM,
    NOT
  }

  private final Console console;
  private final RunDirectory run;
  private final RunDocument document;
  private final CodeNow code;
  private final Interrupts interrupts;
  private final Stay stay;
  private Duration look = SHORTEST_LOOK;
  private String said = "";
  private @Nullable Lease lease;
  private @Nullable String warned;

  LaunchPatience(
      Console console,
      RunDirectory run,
      RunDocument document,
      CodeNow code,
      Interrupts interrupts,
      Stay stay) {
    this.console = console;
    this.run = run;
    this.document = document;
    this.code = code;
    this.interrupts = interrupts;
    this.stay = stay;
  }

  /// @param held is renewed while this waits
  void renewing(Lease held) {
    lease = held;
  }

  private void renew() {
    if (lease != null && !lease.renew()) {
      throw new IllegalStateException("somebody else is submitting run %s now".formatted(run.id()));
    }
  }

  @Override
  public boolean isWorthWaiting(String text, int left) throws InterruptedException {
    if (stay == Stay.NOT) {
      return false;
    }
    renew();
    if (!said.equals(text)) {
      said = text;
      console
          .err()
          .println(
              "run %s: %s wait, because the scheduler takes no more for now:"
                  .formatted(run.id(), Quantities.count(left, "job")));
      console.err().println(Printable.of(text).indent(2).stripTrailing());
      sayHowToGoOn();
    }
    return !interrupts.await(UNTIL_NEXT_TRY.toMillis());
  }

  @Override
  public boolean waitsFor(String why) throws InterruptedException {
    if (stay != Stay.FOR_ALL) {
      return false;
    }
    renew();
    if (!said.equals(why)) {
      said = why;
      console.err().println("run %s: %s".formatted(run.id(), why));
      sayHowToGoOn();
    }
    Duration pause = look;
    Duration next = look.multipliedBy(2);
    look = next.compareTo(UNTIL_NEXT_TRY) < 0 ? next : UNTIL_NEXT_TRY;
    return !interrupts.await(pause.toMillis());
  }

  private void sayHowToGoOn() {
    console.err().println("hint: after Ctrl-C `karez resume %s` goes on".formatted(run.id()));
  }

  @Override
  public void prepared(int submission) throws Exception {
    String warning = code.record(run, document, submission).orElse("");
    if (!warning.isEmpty() && !warning.equals(warned)) {
      warned = warning;
      console.err().println(warning);
    }
  }

  @Override
  public void submitted(int submission, int left) {
    renew();
    if (!said.isEmpty() && left > 0) {
      console
          .err()
          .println("run %s: %s left to submit".formatted(run.id(), Quantities.count(left, "job")));
    }
  }
}
