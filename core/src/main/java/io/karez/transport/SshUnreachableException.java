package io.karez.transport;

/// Nothing was run, because the host could not be reached or refused the login.
public final class SshUnreachableException extends TransportException {
  private static final long serialVersionUID = 1L;

  private final transient Reason reason;
  private final String command;

  /// Why a connection fails, as far as what to do about it goes.
  public enum Reason {
    /// The network, a name or the host itself: it may pass.
    NETWORK,
    LOGIN,
    HOST_KEY,
    /// Another host key than the one that is known.
    CHANGED_HOST_KEY
  }

  /// @param command that tries the same by hand
  SshUnreachableException(Reason reason, String message, String command) {
    super(message);
    this.reason = reason;
    this.command = command;
  }

  public Reason reason() {
    return reason;
  }

  /// What a person can type to try the same.
  public String command() {
    return command;
  }
}
