package io.karez.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Finds out what the standard streams are.
final class Terminals {
  private static final int DEFAULT_COLUMNS = 100;
  private static final int DEFAULT_ROWS = 24;

  private Terminals() {}

  static Console console(OutputStream output) {
    Map<String, String> environment = System.getenv();
    return new Console(
        System.in,
        stream(output, false),
        stream(new FileOutputStream(FileDescriptor.err), true),
        isTerminal(1),
        isTerminal(2),
        isTerminal(0),
        color(environment),
        columns(environment),
        rows());
  }

  private static PrintStream stream(OutputStream output, boolean autoFlush) {
    return new PrintStream(
        new BufferedOutputStream(output, 8192), autoFlush, StandardCharsets.UTF_8);
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

  /// What the launcher has seen.
  private static int rows() {
    int rows = Integer.getInteger("karez.rows", 0);
    return rows > 0 ? rows : DEFAULT_ROWS;
  }

  /// What the user says, else what the launcher has seen.
  private static int columns(Map<String, String> environment) {
    String seen = System.getProperty("karez.columns", "");
    String columns = environment.getOrDefault("KAREZ_COLUMNS", seen);
    try {
      int number = Integer.parseInt(columns.strip());
      return number > 0 ? Math.max(40, number) : DEFAULT_COLUMNS;
    } catch (NumberFormatException e) {
      return DEFAULT_COLUMNS;
    }
  }
}
