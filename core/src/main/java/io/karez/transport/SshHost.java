package io.karez.transport;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A host as the user's own `ssh` reaches it. Whatever is left out is what `ssh` and its
/// configuration say; host keys are verified as they say.
///
/// @param name a host, `user@host` or a name of the configuration; never begins with `-`
/// @param user who logs in
/// @param port TCP
/// @param keyFile of a private key
/// @param passwordFile of mode 0600; a newline at its end is no part of the password
/// @param configuration another file instead of `~/.ssh/config`
public record SshHost(
    String name,
    Optional<String> user,
    Optional<Integer> port,
    Optional<Path> keyFile,
    Optional<Path> passwordFile,
    Optional<Path> configuration) {

  /// @throws IllegalArgumentException when the name would be an option
  public SshHost {
    if (name.isEmpty() || name.startsWith("-")) {
      throw new IllegalArgumentException("`" + name + "` is not a host");
    }
  }

  public static SshHost of(String name) {
    return new SshHost(
        name,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public SshHost user(String login) {
    return new SshHost(name, Optional.of(login), port, keyFile, passwordFile, configuration);
  }

  public SshHost port(int number) {
    return new SshHost(name, user, Optional.of(number), keyFile, passwordFile, configuration);
  }

  public SshHost keyFile(Path file) {
    return new SshHost(name, user, port, Optional.of(file), passwordFile, configuration);
  }

  public SshHost passwordFile(Path file) {
    return new SshHost(name, user, port, keyFile, Optional.of(file), configuration);
  }

  public SshHost configuration(Path file) {
    return new SshHost(name, user, port, keyFile, passwordFile, Optional.of(file));
  }

  /// The options of `ssh`, `sftp` and `scp` that say so.
  ///
  /// @see <a href="https://man.openbsd.org/ssh_config">ssh_config(5)</a>
  List<String> options() {
    List<String> words = new ArrayList<>();
    configuration.ifPresent(file -> words.addAll(List.of("-F", file.toString())));
    user.ifPresent(login -> words.addAll(List.of("-o", "User=" + login)));
    port.ifPresent(number -> words.addAll(List.of("-o", "Port=" + number)));
    keyFile.ifPresent(file -> words.addAll(List.of("-o", "IdentityFile=" + quoted(file))));
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
