package io.karez.site;

import io.karez.transport.Command;
import io.karez.transport.Completed;
import io.karez.transport.Transport;
import io.karez.transport.TransportException;
import java.time.Duration;

/// A site that the settings do not define any more: nothing can be asked there.
record LostSite(String name) implements Transport {

  @Override
  public Completed run(Command command, Duration limit) throws TransportException {
    throw unknown();
  }

  @Override
  public boolean isAtHand() {
    return false;
  }

  @Override
  public int runAttached(Command command) throws TransportException {
    throw unknown();
  }

  private TransportException unknown() {
    return new TransportException("there is no site `%s` in the settings".formatted(name));
  }
}
