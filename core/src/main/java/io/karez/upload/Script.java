package io.karez.upload;

import io.karez.text.ShellWords;
import io.karez.transport.Command;
import java.util.ArrayList;
import java.util.List;

/// A script for a POSIX shell that works in one directory of a site. It is handed over on standard
/// input, because it may be longer than an argument can be.
final class Script {
  /// Names in one command.
  private static final int PORTION = 1000;

  /// The exit code when the directory cannot be entered.
  static final int NO_DIRECTORY = 75;

  private static final String BEGIN =
      """
      LC_ALL=C; export LC_ALL; unset CDPATH; kz_failed=0
      case $1 in
        '~') kz_dir=$HOME ;;
        '~/'*) kz_dir=$HOME/${1#'~/'} ;;
        *) kz_dir=$1 ;;
      esac
      """;

  private final String directory;
  private final StringBuilder text = new StringBuilder(BEGIN);

  /// @param directory absolute, or as it is seen from the home directory
  private Script(String directory) {
    this.directory = directory;
  }

  /// One that does nothing where the directory is missing.
  static Script in(String directory) {
    Script script = new Script(directory);
    script.line("[ -d \"$kz_dir\" ] || [ -L \"$kz_dir\" ] || exit 0");
    return script.enter();
  }

  /// One that makes the directory first.
  static Script making(String directory) {
    Script script = new Script(directory);
    script.line("mkdir -p -- \"$kz_dir\"");
    return script.enter();
  }

  private Script enter() {
    return line("cd -- \"$kz_dir\" || exit " + NO_DIRECTORY);
  }

  /// Code, in which names stand as {@link ShellWords} writes them.
  Script line(String code) {
    text.append(code).append('\n');
    return this;
  }

  /// Runs a command that takes paths below the directory as its last arguments, if there are any.
  Script each(String command, List<String> paths) {
    for (int i = 0; i < paths.size(); i += PORTION) {
      text.append("printf '%s\\0'");
      for (String path : paths.subList(i, Math.min(i + PORTION, paths.size()))) {
        text.append(' ').append(below(path));
      }
      line(" | xargs -0 " + command + " || kz_failed=1");
    }
    return this;
  }

  /// As one word of a shell that no command takes for an option.
  static String below(String path) {
    return ShellWords.quote(path.isEmpty() ? "." : "./" + path);
  }

  Command command() {
    List<String> words = new ArrayList<>(List.of("sh", "-s", "--", directory));
    return Command.of(words).reading(text + "exit $kz_failed\n");
  }
}
