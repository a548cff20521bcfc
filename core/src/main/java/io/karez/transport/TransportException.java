package io.karez.transport;

/// The command's fate is unknown: it could not be started, the link broke, or the limit passed.
public sealed class TransportException extends Exception
    permits NotRunException, SshUnreachableException {
  private static final long serialVersionUID = 1L;

  public TransportException(String message) {
    super(message);
  }

  public TransportException(String message, Throwable cause) {
    super(message, cause);
  }
}
