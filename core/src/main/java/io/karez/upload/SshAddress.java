package io.karez.upload;

import io.karez.transport.SshClient;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A host as the command lines of programs that use `ssh` name it.
final class SshAddress {
  private SshAddress() {}

  /// Before the colon of `host:path`; a number of IPv6 stands in brackets.
  static String host(SshClient client) {
    String name = client.host().name();
    String host = name.substring(name.lastIndexOf('@') + 1);
    return host.indexOf(':') >= 0 && !host.startsWith("[")
        ? name.substring(0, name.length() - host.length()) + "[" + host + "]"
        : name;
  }

  /// For `rsync -e`, which splits it at blanks outside of quotes; a quote within quotes is doubled.
  static String shell(SshClient client) {
    List<String> words = new ArrayList<>(List.of("ssh"));
    words.addAll(client.options());
    return words.stream().map(SshAddress::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./=:,@%+-]+") ? word : "'" + word.replace("'", "''") + "'";
  }
}
