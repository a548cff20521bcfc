package io.karez.cli;

import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import java.time.Duration;
import java.util.List;

/// Shows a screen again and again in the same place of the terminal, until it stays as it is.
final class WatchedScreen {
  private static final Duration PERIOD = Duration.ofSeconds(2);

  private static final String HIDE_CURSOR = "\033[?25l";
  private static final String SHOW_CURSOR = "\033[?25h";

  /// What stands between these is shown at once by terminals that know them, and by others as it
  /// comes (synchronized output, DEC mode 2026).
  private static final String BEGIN = "\033[?2026h";

  private static final String END = "\033[?2026l";

  /// A line too long for the terminal must still be one line of it.
  private static final String NO_WRAP = "\033[?7l";

  private static final String WRAP = "\033[?7h";

  private final Console console;
  private final StatusScreen screen;

  WatchedScreen(Console console, StatusScreen screen) {
    this.console = console;
    this.screen = screen;
  }

  /// @return 0 when all has ended, 130 or 143 when a signal came
  int watch() throws ReflectiveOperationException, InterruptedException {
    if (!console.outTerminal()) {
      throw new InvalidInputException(
          Problem.of("`--watch` needs a terminal").hint("`karez wait RUN` waits in a script"));
    }
    Interrupts interrupts = new Interrupts();
    console.out().print(HIDE_CURSOR);
    try {
      int above = 0;
      while (true) {
        TerminalSize size = TerminalSize.now(console);
        StatusScreen.Shown shown = screen.show(size.columns(), size.rows() - 1);
        above = draw(shown.lines(), above, size);
        if (shown.settled()) {
          return ExitCode.DONE;
        }
        if (interrupts.await(PERIOD.toMillis())) {
          return interrupts.exitCode().orElse(ExitCode.INTERRUPTED);
        }
      }
    } finally {
      console.out().print(SHOW_CURSOR);
      console.out().flush();
    }
  }

  /// @param above how many lines there are to be replaced
  /// @return how many lines there are now
  private int draw(List<String> lines, int above, TerminalSize size) {
    StringBuilder text = new StringBuilder(BEGIN + NO_WRAP);
    int back = Math.min(above, size.rows() - 1);
    if (back > 0) {
      text.append("\033[").append(back).append('A');
    }
    text.append('\r');
    for (String line : lines) {
      text.append("\033[K").append(line).append("\r\n");
    }
    text.append("\033[J").append(WRAP).append(END);
    console.out().print(text);
    console.out().flush();
    return lines.size();
  }
}
