package io.karez.inspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Does many small reads at a time.
final class Concurrently {
  private static final int AT_MOST = 8;

  /// Fewer do not pay for a thread.
  private static final int EACH = 20;

  private Concurrently() {}

  /// The results in the order of the items. A failure of one is thrown when all have stopped.
  @SuppressWarnings("unchecked")
  static <A, B> List<B> map(List<A> items, Function<A, B> function) {
    @Nullable Object[] results = new @Nullable Object[items.size()];
    AtomicInteger next = new AtomicInteger();
    AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    Runnable work =
        () -> {
          try {
            for (int i = next.getAndIncrement(); i < items.size(); i = next.getAndIncrement()) {
              results[i] = function.apply(items.get(i));
            }
          } catch (RuntimeException e) {
            failure.set(e);
            next.set(items.size());
          }
        };
    List<Thread> helpers = new ArrayList<>();
    for (int i = 1; i < Math.min(AT_MOST, items.size() / EACH); i++) {
      Thread helper = new Thread(work);
      helper.setDaemon(true);
      helper.start();
      helpers.add(helper);
    }
    work.run();
    for (Thread helper : helpers) {
      joinFully(helper);
    }
    RuntimeException failed = failure.get();
    if (failed != null) {
      throw failed;
    }
    return (List<B>) Arrays.asList(results);
  }

  private static void joinFully(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
