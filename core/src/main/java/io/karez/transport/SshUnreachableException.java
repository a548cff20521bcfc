package io.karez.transport;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Nothing was run, because the host could not be reached or refused the login.
public final class SshUnreachableException extends TransportException {
  private static final long serialVersionUID = 1L;

  private final transient Reason reason;
  private final String command;
  private final @Nullable String passwordFile;

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
  /// @param passwordFile that answers when a password is asked for
  SshUnreachableException(
      Reason reason, String message, String command, Optional<Path> passwordFile) {
    super(message);
    this.reason = reason;
    this.command = command;
    this.passwordFile = passwordFile.map(Path::toString).orElse(null);
  }

  public Reason reason() {
    return reason;
  }

  /// Whether the same may go well a little later: not where the host is no host to anybody
  /// (EAI_NONAME of getaddrinfo(3)), which is told apart from a name service that does not answer.
  boolean mayPass() {
    String said = String.valueOf(getMessage());
    return reason == Reason.NETWORK
        && !said.contains("Name or service not known")
        && !said.contains("nodename nor servname provided");
  }

  /// The file that answers when a password is asked for.
  public Optional<String> passwordFile() {
    return Optional.ofNullable(passwordFile);
  }

  /// What a person can type to try the same.
  public String command() {
    return command;
  }
}
