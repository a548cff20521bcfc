package io.karez.cli;

import io.karez.transport.TransportException;
import java.util.concurrent.atomic.AtomicBoolean;

/// Lets a person end a transfer, and says how to go on when it has ended too early.
final class TransferWatch {
  private TransferWatch() {}

  interface Transfer {
    int run() throws Exception;
  }

  /// @return the exit code
  static int over(Console console, String again, Transfer transfer) throws Exception {
    Interrupts interrupts = new Interrupts();
    Thread main = Thread.currentThread();
    AtomicBoolean ended = new AtomicBoolean();
    Thread watch =
        Thread.ofVirtual()
            .start(() -> {
              try {
                while (!ended.get()) {
                  if (interrupts.await(100)) {
                    main.interrupt();
                    return;
                  }
                }
              } catch (InterruptedException e) {
                // the transfer has ended
              }
            });
    try {
      return transfer.run();
    } catch (InterruptedException e) {
      return stopped(console, interrupts, again);
    } catch (TransportException e) {
      if (interrupts.came()) {
        return stopped(console, interrupts, again);
      }
      int code = new ErrorReport(console, false).failure(e, ExitCode.UNREACHABLE);
      console
          .err()
          .println("hint: what has arrived is kept; `%s` goes on from there".formatted(again));
      return code;
    } finally {
      ended.set(true);
      watch.interrupt();
    }
  }

  private static int stopped(Console console, Interrupts interrupts, String again) {
    console
        .err()
        .println("stopped; what has arrived is kept, and `%s` goes on from there".formatted(again));
    return interrupts.exitCode().orElse(ExitCode.INTERRUPTED);
  }
}
