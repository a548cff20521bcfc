package io.karez.git;

import io.karez.text.Problem;
import io.karez.transport.Command;
import io.karez.transport.Completed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Builds git commands that the surroundings cannot lead astray, and puts git's failures into
/// sentences.
final class Git {
  /// The oldest version that has every option used here (`--pathspec-from-file`).
  static final String OLDEST = "2.25";

  /// Exit code of `sh` when there is no such program.
  static final int NO_PROGRAM = 127;

  /// Inside a hook git sets these, and they would point every command at the hook's repository. A
  /// shell unsets them, because an empty `GIT_DIR` is an error and `env -u` is not everywhere. The
  /// variables that carry configuration (`GIT_CONFIG_COUNT`, ...) stay: people name safe
  /// directories with them.
  private static final String CLEAN_GIT =
      "unset GIT_DIR GIT_WORK_TREE GIT_IMPLICIT_WORK_TREE GIT_INDEX_FILE GIT_PREFIX GIT_COMMON_DIR"
          + " GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES GIT_GRAFT_FILE GIT_SHALLOW_FILE"
          + " GIT_NAMESPACE GIT_REPLACE_REF_BASE GIT_NO_REPLACE_OBJECTS GIT_INTERNAL_SUPER_PREFIX GIT_CONFIG"
          + " GIT_LITERAL_PATHSPECS GIT_GLOB_PATHSPECS GIT_NOGLOB_PATHSPECS GIT_ICASE_PATHSPECS"
          + " GIT_EXTERNAL_DIFF GIT_DIFF_OPTS GIT_DEFAULT_HASH GIT_TEMPLATE_DIR; ";

  private static final Map<String, String> QUIET =
      Map.of(
          "GIT_TERMINAL_PROMPT", "0",
          "GIT_OPTIONAL_LOCKS", "0",
          "GIT_PAGER", "cat",
          "GIT_EDITOR", ":",
          "LC_ALL", "C");

  private Git() {}

  static Command command(Path directory, String... words) {
    return command(directory, Map.of(), List.of(words));
  }

  static Command command(Path directory, List<String> words) {
    return command(directory, Map.of(), words);
  }

  /// @param own variables for this command alone; they may be ones that are unset otherwise
  static Command command(Path directory, Map<String, String> own, List<String> words) {
    return shell("exec env \"$@\"", directory, assigned(own, words));
  }

  /// The same with standard output added to the end of a file.
  static Command appending(Path file, Path directory, Map<String, String> own, List<String> words) {
    List<String> all = new ArrayList<>(List.of(file.toString()));
    all.addAll(assigned(own, words));
    return shell("out=$1; shift; exec env \"$@\" >> \"$out\"", directory, all);
  }

  private static List<String> assigned(Map<String, String> own, List<String> words) {
    List<String> all = new ArrayList<>();
    own.forEach((name, value) -> all.add(name + "=" + value));
    all.add("git");
    all.addAll(words);
    return all;
  }

  private static Command shell(String end, Path directory, List<String> arguments) {
    List<String> words = new ArrayList<>(List.of("sh", "-c", CLEAN_GIT + end, "git"));
    words.addAll(arguments);
    return Command.of(words).in(directory).with(QUIET);
  }

  /// Pathspecs, for a command at the root of the work tree, of all files except those below some
  /// places.
  static List<String> everythingBut(List<String> places) {
    List<String> words = new ArrayList<>(List.of("--", "."));
    places.forEach(place -> words.add(":(top,exclude,literal)" + place));
    return words;
  }

  /// What the user reads when git fails.
  ///
  /// @param what the command as the user knows it, such as `git status`
  static Problem failure(String what, Path directory, Completed reply) {
    String words = reply.errorText().strip();
    if (reply.exitCode() == NO_PROGRAM) {
      return Problem.of("`git` is not installed").hint("install git %s or newer".formatted(OLDEST));
    }
    Problem problem =
        Problem.of(
            "`%s` failed in `%s` with exit code %d%s"
                .formatted(what, directory, reply.exitCode(), indented(words)));
    if (words.contains("dubious ownership") || words.contains("unsafe repository")) {
      return problem.hint(
          "the repository belongs to another user; if you trust it, say so with "
              + "`git config --global --add safe.directory DIRECTORY` and the directory that git names");
    }
    if (words.contains("tell me who you are") || words.contains("empty ident name")) {
      return problem.hint("set your name with `git config --global user.name` and `user.email`");
    }
    if (words.contains("index.lock")) {
      return problem.hint("another git works in this repository; try again when it has ended");
    }
    if (words.contains("unknown option") || words.contains("usage: git")) {
      return problem.hint("git %s or newer is needed".formatted(OLDEST));
    }
    return problem;
  }

  private static String indented(String words) {
    return words.isEmpty() ? "" : words.lines().collect(Collectors.joining("\n  ", "\n  ", ""));
  }
}
