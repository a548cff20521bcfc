package io.karez.define;

import java.util.Optional;

/// How to log in to a site's host, where `ssh` and its configuration do not say so themselves. The
/// paths are of this machine; `~/` is the home directory.
///
/// @param port 1 to 65535
/// @param keyFile of a private key
/// @param passwordFile that only its owner may read
/// @param configuration another file instead of `~/.ssh/config`
public record Login(
    Optional<String> user,
    Optional<Integer> port,
    Optional<String> keyFile,
    Optional<String> passwordFile,
    Optional<String> configuration) {

  public static final Login USUAL =
      new Login(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /// What the later layer says wins, field by field.
  Login merge(Login later) {
    return new Login(
        later.user.or(() -> user),
        later.port.or(() -> port),
        later.keyFile.or(() -> keyFile),
        later.passwordFile.or(() -> passwordFile),
        later.configuration.or(() -> configuration));
  }
}
