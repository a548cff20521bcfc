package io.karez.transport;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A host as the user's own `ssh` reaches it. Whatever is left out is what `ssh` and its
/// configuration say.
///
/// @param name a host, `user@host` or a name of the configuration; never begins with `-`
/// @param user who logs in
/// @param port TCP
/// @param key the file of a private key
/// @param password a file of mode 0600 that holds a password
/// @param configuration another file instead of `~/.ssh/config`
public record SshHost(
    String name,
    Optional<String> user,
    Optional<Integer> port,
    Optional<Path> key,
    Optional<Path> password,
    Optional<Path> configuration) {

  public SshHost {
    if (name.isEmpty() || name.startsWith("-")) {
      throw new IllegalArgumentException("`" + name + "` is not a host");
    }
  }

  public static SshHost named(String name) {
    return new SshHost(
        name,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /// The same, with a user, a port and a key of its own, as a program may have them.
  public SshHost with(String login, int tcp, Path privateKey) {
    return new SshHost(
        name,
        Optional.of(login),
        Optional.of(tcp),
        Optional.of(privateKey),
        password,
        configuration);
  }

  /// The same, with another file instead of `~/.ssh/config`.
  public SshHost configuredBy(Path file) {
    return new SshHost(name, user, port, key, password, Optional.of(file));
  }

  /// The options of `ssh`, `sftp` and `scp` that say so.
  ///
  /// @see <a href="https://man.openbsd.org/ssh_config">ssh_config(5)</a>
  List<String> options() {
    List<String> words = new ArrayList<>();
    configuration.ifPresent(file -> words.addAll(List.of("-F", file.toString())));
    user.ifPresent(name -> words.addAll(List.of("-o", "User=" + name)));
    port.ifPresent(number -> words.addAll(List.of("-o", "Port=" + number)));
    key.ifPresent(file -> words.addAll(List.of("-o", "IdentityFile=" + quoted(file))));
    return words;
  }

  /// In a value of `ssh_config` blanks and `%` mean something.
  private static String quoted(Path file) {
    return '"'
        + file.toString().replace("\\", "\\\\").replace("\"", "\\\"").replace("%", "%%")
        + '"';
  }

  /// As the user calls it.
  @Override
  public String toString() {
    return name;
  }
}
