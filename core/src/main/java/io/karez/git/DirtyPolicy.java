package io.karez.git;

import io.karez.git.ChangedFile.Change;
import io.karez.text.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// What to do when the code is not at a commit: the key `git: {dirty: ...}` of the configuration.
public enum DirtyPolicy {
  /// Run, and keep the difference in the run.
  RECORD,
  /// Do not run.
  REFUSE,
  /// Commit everything, then run.
  COMMIT;

  private static final int FILES_SHOWN = 50;

  /// @param word as the configuration spells it: `record`, `refuse` or `commit`
  public static Optional<DirtyPolicy> named(String word) {
    return Arrays.stream(values()).filter(policy -> policy.word().equals(word)).findFirst();
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// What follows from the policy; nothing is done here.
  public Decision decide(GitState state) {
    if (this == RECORD) {
      return new Decision.GoOn();
    }
    return switch (state) {
      case GitState.NoGit() ->
          refuse("there is no `git` command", "install git, or choose `git: {dirty: record}`");
      case GitState.NotARepository() ->
          refuse("the project is not in a git repository", "make it one with `git init`");
      case GitState.Unborn(_, _, List<ChangedFile> changed) -> decide(changed, "nothing is committed yet");
      case GitState.At(_, String commit, _, List<ChangedFile> changed) ->
          decide(changed, "the work tree differs from commit `%.7s`".formatted(commit));
    };
  }

  private Decision decide(List<ChangedFile> changed, String reason) {
    List<ChangedFile> conflicts =
        changed.stream().filter(file -> file.change() == Change.CONFLICTED).toList();
    if (changed.isEmpty()) {
      return new Decision.GoOn();
    }
    if (this == REFUSE) {
      return refuse(reason + listed(changed), "commit or ignore them, or choose `git: {dirty: record}`");
    }
    if (!conflicts.isEmpty()) {
      return refuse("a merge is not finished" + listed(conflicts), "resolve the conflicts first");
    }
    return new Decision.Commit();
  }

  private Decision refuse(String reason, String hint) {
    int end = reason.indexOf('\n') < 0 ? reason.length() : reason.indexOf('\n');
    String message =
        "%s, and the configuration says `git: {dirty: %s}`%s"
            .formatted(reason.substring(0, end), word(), reason.substring(end));
    return new Decision.Refuse(Problem.of(message).hint(hint));
  }

  private static String listed(List<ChangedFile> files) {
    String list =
        files.stream()
            .limit(FILES_SHOWN)
            .map(file -> "\n  %-10s %s".formatted(file.change().name().toLowerCase(Locale.ROOT), file.shown()))
            .collect(Collectors.joining());
    int more = files.size() - FILES_SHOWN;
    return more > 0 ? list + "\n  and %d more".formatted(more) : list;
  }

  /// What a policy asks for.
  public sealed interface Decision {
    record GoOn() implements Decision {}

    record Refuse(Problem problem) implements Decision {}

    record Commit() implements Decision {}
  }
}
