package io.karez.runner;

import java.nio.file.Path;
import java.util.Optional;

/// A machine that the user's own `ssh` reaches, and how to log in there as far as the user's
/// configuration does not say it. Host keys are verified as `ssh` does.
///
/// @param name a name of `~/.ssh/config`, `host` or `user@host`
/// @param port 1 to 65535
/// @param keyFile of a private key
/// @param passwordFile that only its owner may read; a newline at its end is no part of it
/// @param configuration a file instead of `~/.ssh/config`
public record Host(
    String name,
    Optional<String> user,
    Optional<Integer> port,
    Optional<Path> keyFile,
    Optional<Path> passwordFile,
    Optional<Path> configuration) {

  public static Host of(String name) {
    return new Host(
        name,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public Host user(String name) {
    return new Host(this.name, Optional.of(name), port, keyFile, passwordFile, configuration);
  }

  public Host port(int number) {
    return new Host(name, user, Optional.of(number), keyFile, passwordFile, configuration);
  }

  public Host keyFile(Path file) {
    return new Host(name, user, port, Optional.of(file), passwordFile, configuration);
  }

  public Host passwordFile(Path file) {
    return new Host(name, user, port, keyFile, Optional.of(file), configuration);
  }

  public Host configuration(Path file) {
    return new Host(name, user, port, keyFile, passwordFile, Optional.of(file));
  }
}
