package io.karez.transport;

/// Hears of attempts to connect, which may take long.
@FunctionalInterface
public interface Connecting {
  Connecting UNHEARD = host -> () -> {};

  /// Those of whoever started what goes on in a thread, as a command that a person waits for.
  ScopedValue<Connecting> HEARD = ScopedValue.newInstance();

  /// An attempt begins.
  ///
  /// @param host as it is called
  Attempts begin(String host);

  /// It goes on until this is closed, further attempts and the pauses before them included.
  interface Attempts extends AutoCloseable {
    @Override
    void close();
  }
}
