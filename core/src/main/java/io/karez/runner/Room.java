package io.karez.runner;

import io.karez.store.Lease;
import io.karez.submit.Drip;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Waits until a scheduler takes more jobs.
final class Room implements Drip.Patience {
  /// Whoever asks a busy scheduler often makes it slower for everybody.
  private static final Duration UNTIL_NEXT_TRY =
      Duration.ofSeconds(Long.getLong("karez.drip.seconds", 30));

  private @Nullable Lease lease;

  /// @param held is renewed while this waits
  void renewing(Lease held) {
    lease = held;
  }

  @Override
  public boolean isWorthWaiting(String text, int left) throws InterruptedException {
    renew();
    Thread.sleep(UNTIL_NEXT_TRY);
    return true;
  }

  @Override
  public boolean waitsFor(String why) {
    return false;
  }

  @Override
  public void prepared(int submission) {}

  @Override
  public void submitted(int submission, int left) {
    renew();
  }

  private void renew() {
    if (lease != null && !lease.renew()) {
      throw new IllegalStateException("somebody else is submitting the run now");
    }
  }
}
