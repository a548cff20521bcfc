package io.karez.inspect;

import java.util.List;

/// The names of Linux' signals, by number (signal(7), most architectures).
final class Signals {
  private static final List<String> NAMES =
      List.of(
          "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2",
          "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG",
          "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS");

  static final int LAST = NAMES.size();

  private Signals() {}

  /// `SIGKILL (9)`, or `signal 34`.
  static String name(int number) {
    return number >= 1 && number <= NAMES.size()
        ? "SIG%s (%d)".formatted(NAMES.get(number - 1), number)
        : "signal " + number;
  }
}
