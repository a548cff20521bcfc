package io.karez.transport;

/// A command was not run, because what it needs could not be put where it would run.
public final class NotRunException extends TransportException {
  private static final long serialVersionUID = 1L;

  public NotRunException(String message) {
    super(message);
  }
}
