package io.karez.cli;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The user's wish to stop: INT (Ctrl-C) or TERM; the second time, to stop at once. A hang-up is no
/// such wish: the run goes on.
///
/// A shutdown hook could not tell which signal came. `sun.misc.Signal` can, and is reached by
/// reflection because javac's warning about its package cannot be switched off (JDK 25).
final class Interrupts {
  private final CountDownLatch arrival = new CountDownLatch(1);
  private final CountDownLatch second = new CountDownLatch(2);
  private volatile String name = "";

  Interrupts() throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    for (String wish : List.of("INT", "TERM")) {
      Object note =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                name = wish;
                arrival.countDown();
                second.countDown();
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(wish), note);
    }
  }

  /// Waits for one.
  ///
  /// @return whether one has come
  boolean await(long millis) throws InterruptedException {
    return arrival.await(millis, TimeUnit.MILLISECONDS);
  }

  boolean came() {
    return arrival.getCount() == 0;
  }

  /// Whether a second one has come.
  boolean again() {
    return second.getCount() == 0;
  }

  /// The exit code that a shell expects of a program that the signal has ended; empty when none
  /// came.
  Optional<Integer> exitCode() {
    return came() ? Optional.of(name.equals("INT") ? ExitCode.INTERRUPTED : 143) : Optional.empty();
  }
}
