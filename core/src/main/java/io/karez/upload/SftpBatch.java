package io.karez.upload;

import java.util.ArrayList;
import java.util.List;

/// Commands for `sftp -b`, each of which may fail by itself.
final class SftpBatch {
  private final List<String> lines = new ArrayList<>();

  /// @param verb such as `put -p`
  /// @param names without newline, none of which begins with `-`
  SftpBatch add(String verb, String... names) {
    StringBuilder line = new StringBuilder("-").append(verb);
    for (String name : names) {
      line.append(' ').append(quoted(name));
    }
    lines.add(line.toString());
    return this;
  }

  SftpBatch add(SftpBatch more) {
    lines.addAll(more.lines);
    return this;
  }

  /// In quotes only the quote itself and the backslash mean anything; what a name could match is
  /// compared as it stands.
  static String quoted(String name) {
    if (name.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("`" + name + "` has a newline");
    }
    return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  String text() {
    return String.join("\n", lines) + "\n";
  }
}
