package io.karez.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.karez.define.DirtyPolicy;
import io.karez.git.ChangedFile.Change;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DecisionTest {
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  @TempDir Path place;
  private TestRepository repository;

  @BeforeEach
  void makeRepository() throws Exception {
    repository = TestRepository.in(place.resolve("project"));
    repository.write("model.py", "1\n");
  }

  @Test
  void recordGoesOnWhateverTheState() {
    assertThat(List.of(new GitState.NoGit(), new GitState.NotARepository(), at(change("a"))))
        .allSatisfy(state ->
            assertThat(Decision.of(DirtyPolicy.RECORD, state)).isEqualTo(new Decision.GoOn()));
  }

  @Test
  void cleanTreeGoesOnWhateverThePolicy() {
    assertThat(DirtyPolicy.values())
        .allSatisfy(policy -> assertThat(Decision.of(policy, at())).isEqualTo(new Decision.GoOn()));
  }

  @Test
  void case24_refuseListsTheFiles() {
    GitState state =
        at(
            new ChangedFile("model.py", Change.MODIFIED),
            new ChangedFile("old.py", Change.DELETED),
            new ChangedFile("new\nline.py", Change.UNTRACKED));
    assertThat(Decision.of(DirtyPolicy.REFUSE, state))
        .isEqualTo(
            new Decision.Refuse(
                Problem.of(
                        """
                        the work tree differs from commit `0123456`, and the configuration says `git: {dirty: refuse}`
                          modified   model.py
                          deleted    old.py
                          untracked  "new\\nline.py\"\
                        """)
                    .hint("commit or ignore them, or choose `git: {dirty: record}`")));
  }

  @Test
  void longListEndsWithTheNumberOfTheRest() {
    GitState state =
        at(IntStream.range(0, 60).mapToObj(i -> change("f" + i)).toArray(ChangedFile[]::new));
    Decision.Refuse refusal = (Decision.Refuse) Decision.of(DirtyPolicy.REFUSE, state);
    assertThat(refusal.problem().message()).endsWith("\n  modified   f49\n  and 10 more");
  }

  @Test
  void refuseAndCommitNeedARepository() {
    assertThat(Decision.of(DirtyPolicy.COMMIT, new GitState.NotARepository()))
        .isEqualTo(
            new Decision.Refuse(
                Problem.of(
                        "the project is not in a git repository, and the configuration says `git: {dirty:"
                            + " commit}`")
                    .hint("make it one with `git init`")));
  }

  @Test
  void unfinishedMergeIsNotCommitted() {
    GitState state = at(change("a"), new ChangedFile("model.py", Change.CONFLICTED));
    assertThat(Decision.of(DirtyPolicy.COMMIT, state))
        .isEqualTo(
            new Decision.Refuse(
                Problem.of(
                        """
                        a merge is not finished, and the configuration says `git: {dirty: commit}`
                          conflicted model.py\
                        """)
                    .hint("resolve the conflicts first")));
  }

  @Test
  void case24_commitTakesTrackedAndUntrackedFilesButNoResults() throws Exception {
    String first = repository.commit("first");
    repository.write("model.py", "2\n");
    repository.write("new file.py", "new\n");
    repository.write("results/run.json", "{}");
    GitState.At now =
        (GitState.At) repository.tree().ready(DirtyPolicy.COMMIT, "before run of summary_iris");
    assertThat(now.dirty()).isFalse();
    assertThat(now.commit())
        .isEqualTo(repository.sh("git rev-parse HEAD").strip())
        .isNotEqualTo(first);
    assertThat(repository.sh("git log -1 --format=%s%n%an && git ls-files"))
        .isEqualTo("karez: before run of summary_iris\nTester\nmodel.py\nnew file.py\n");
  }

  @Test
  void commitCanBeTheFirstOne() throws Exception {
    GitState.At now = (GitState.At) repository.tree().ready(DirtyPolicy.COMMIT, "first");
    assertThat(now.dirty()).isFalse();
    assertThat(repository.sh("git rev-list --count HEAD")).isEqualTo("1\n");
  }

  @Test
  void repositoryInsideTheWorkTreeIsNotCommittedAndStaysAChange() throws Exception {
    repository.sh(
        "git init -q nested && git -C nested -c user.name=a -c user.email=b commit -q --allow-empty -m 1");
    GitState.At now = (GitState.At) repository.tree().ready(DirtyPolicy.COMMIT, "first");
    assertThat(now.changed()).containsExactly(new ChangedFile("nested/", Change.UNTRACKED));
    assertThat(repository.sh("git ls-files")).isEqualTo("model.py\n");
  }

  @Test
  void hookThatSaysNoIsAProblemInItsOwnWords() throws Exception {
    repository.commit("first");
    repository.write("model.py", "2\n");
    repository.write(
        ".git/hooks/pre-commit", "#!/bin/sh\necho 'tabs are not allowed' >&2\nexit 1\n");
    repository.sh("chmod +x .git/hooks/pre-commit");
    SourceTree tree = repository.tree();
    InvalidInputException refusal =
        catchThrowableOfType(
            InvalidInputException.class, () -> tree.ready(DirtyPolicy.COMMIT, "before a run"));
    assertThat(refusal.problems())
        .containsExactly(
            Problem.of(
                "`git commit` failed in `%s` with exit code 1\n  tabs are not allowed"
                    .formatted(repository.root())));
  }

  @Test
  void refusedTreeIsLeftAlone() throws Exception {
    repository.commit("first");
    repository.write("new.py", "");
    SourceTree tree = repository.tree();
    InvalidInputException refusal =
        catchThrowableOfType(InvalidInputException.class, () -> tree.ready(DirtyPolicy.REFUSE, ""));
    assertThat(refusal.problems().getFirst().message()).endsWith("\n  untracked  new.py");
    assertThat(repository.sh("git status --porcelain")).isEqualTo("?? new.py\n");
    assertThat(Files.exists(repository.root().resolve(".git/index.lock"))).isFalse();
  }

  private GitState at(ChangedFile... changed) {
    return new GitState.At(place, COMMIT, Optional.of("main"), List.of(changed));
  }

  private static ChangedFile change(String path) {
    return new ChangedFile(path, Change.MODIFIED);
  }
}
