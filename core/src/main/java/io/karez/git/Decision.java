package io.karez.git;

import io.karez.define.DirtyPolicy;
import io.karez.git.ChangedFile.Change;
import io.karez.text.Problem;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What the policy about uncommitted changes asks for in one state.
public sealed interface Decision {
  record GoOn() implements Decision {}

  record Refuse(Problem problem) implements Decision {}

  record Commit() implements Decision {}

  /// What follows from the policy; nothing is done here.
  static Decision of(DirtyPolicy policy, GitState state) {
    if (policy == DirtyPolicy.RECORD) {
      return new GoOn();
    }
    return switch (state) {
      case GitState.NoGit() ->
          refuse(policy, "there is no `git` command", List.of(), "install git");
      case GitState.NotARepository() ->
          refuse(
              policy,
              "the project is not in a git repository",
              List.of(),
              "make it one with `git init`");
      case GitState.Unborn(_, _, List<ChangedFile> changed) ->
          of(policy, changed, "nothing is committed yet");
      case GitState.At(_, String commit, _, List<ChangedFile> changed) ->
          of(policy, changed, "the work tree differs from commit `%.7s`".formatted(commit));
    };
  }

  private static Decision of(DirtyPolicy policy, List<ChangedFile> changed, String reason) {
    if (changed.isEmpty()) {
      return new GoOn();
    }
    if (policy == DirtyPolicy.REFUSE) {
      return refuse(
          policy, reason, changed, "commit or ignore them, or choose `git: {dirty: record}`");
    }
    List<ChangedFile> conflicts =
        changed.stream().filter(file -> file.change() == Change.CONFLICTED).toList();
    if (!conflicts.isEmpty()) {
      return refuse(policy, "a merge is not finished", conflicts, "resolve the conflicts first");
    }
    return new Commit();
  }

  private static Decision refuse(
      DirtyPolicy policy, String reason, List<ChangedFile> files, String hint) {
    String message =
        "%s, and the configuration says `git: {dirty: %s}`%s"
            .formatted(reason, policy.name().toLowerCase(Locale.ROOT), listed(files, 50));
    return new Refuse(Problem.of(message).hint(hint));
  }

  private static String listed(List<ChangedFile> files, int most) {
    String list = files.stream().limit(most).map(Decision::line).collect(Collectors.joining());
    int more = files.size() - most;
    return more > 0 ? list + "\n  and %d more".formatted(more) : list;
  }

  private static String line(ChangedFile file) {
    return "\n  %-10s %s".formatted(file.change().name().toLowerCase(Locale.ROOT), file.shown());
  }
}
