package io.karez.site;

import io.karez.transport.Command;
import io.karez.transport.Completed;
import io.karez.transport.Transport;
import io.karez.transport.TransportException;
import java.time.Duration;

/// A site that is not worth a question now.
record Unasked(String name) implements Transport {

  @Override
  public Completed run(Command command, Duration limit) throws TransportException {
    throw unasked();
  }

  @Override
  public boolean isAtHand() {
    return false;
  }

  @Override
  public int runAttached(Command command) throws TransportException {
    throw unasked();
  }

  private TransportException unasked() {
    return new TransportException("`%s` was not asked".formatted(name));
  }
}
