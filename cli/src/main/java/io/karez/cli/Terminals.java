package io.karez.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds out what the standard streams are.
final class Terminals {
  private static final int DEFAULT_COLUMNS = 100;

  private Terminals() {}

  static Console console() {
    Map<String, String> environment = System.getenv();
    return new Console(
        System.in,
        stream(FileDescriptor.out, false),
        stream(FileDescriptor.err, true),
        isTerminal(1),
        isTerminal(2),
        isTerminal(0),
        color(environment),
        columns(environment));
  }

  private static PrintStream stream(FileDescriptor descriptor, boolean autoFlush) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor), 8192),
        autoFlush,
        StandardCharsets.UTF_8);
  }

  private static boolean isTerminal(int descriptor) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }

  /// NO_COLOR and `TERM=dumb` switch it off; CLICOLOR_FORCE is for pipes and decided where they are
  /// written.
  private static boolean color(Map<String, String> environment) {
    return environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !"dumb".equals(environment.get("TERM"));
  }

  private static int columns(Map<String, String> environment) {
    @Nullable String columns = environment.get("KAREZ_COLUMNS");
    try {
      return columns == null ? DEFAULT_COLUMNS : Math.max(40, Integer.parseInt(columns.strip()));
    } catch (NumberFormatException e) {
      return DEFAULT_COLUMNS;
    }
  }
}
