package io.karez.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.karez.git.ChangedFile.Change;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import io.karez.transport.LocalTransport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GitStateTest {
  @TempDir Path place;
  private TestRepository repository;

  @BeforeEach
  void makeRepository() throws Exception {
    repository = TestRepository.in(place.resolve("project"));
    repository.write("model.py", "print(1)\n");
    repository.write("old.py", "");
    repository.write(".gitignore", "*.log\n");
  }

  @Test
  void directoryOutsideAnyRepositoryIsNotARepository() throws Exception {
    Path outside = Files.createDirectory(place.resolve("outside"));
    assertThat(repository.tree(outside).state()).isEqualTo(new GitState.NotARepository());
  }

  @Test
  void insideOfAGitDirectoryIsNotARepository() throws Exception {
    assertThat(repository.tree(repository.root().resolve(".git")).state())
        .isEqualTo(new GitState.NotARepository());
  }

  @Test
  void machineWithoutGitIsSaidSo() throws Exception {
    Path programs = Files.createDirectory(place.resolve("programs"));
    for (String program : List.of("sh", "env")) {
      Path wrapper = programs.resolve(program);
      Files.writeString(
          wrapper,
          "#!/bin/sh\nexec $(PATH=/usr/bin:/bin command -v %s) \"$@\"\n".formatted(program));
      Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwx------"));
    }
    TestRepository bare = repository.with(Map.of("PATH", programs.toString()));
    assertThat(bare.tree().state()).isEqualTo(new GitState.NoGit());
  }

  @Test
  void repositoryWithoutACommitIsUnborn() throws Exception {
    assertThat(repository.tree().state())
        .isEqualTo(
            new GitState.Unborn(
                repository.root(),
                "main",
                List.of(untracked(".gitignore"), untracked("model.py"), untracked("old.py"))));
  }

  @Test
  void cleanTreeHasACommitABranchAndNoChanges() throws Exception {
    String commit = repository.commit("first");
    assertThat(repository.tree().state())
        .isEqualTo(new GitState.At(repository.root(), commit, Optional.of("main"), List.of()));
  }

  @Test
  void detachedHeadHasNoBranch() throws Exception {
    String commit = repository.commit("first");
    repository.sh("git checkout -q --detach");
    assertThat(repository.tree().state())
        .isEqualTo(new GitState.At(repository.root(), commit, Optional.empty(), List.of()));
  }

  @Test
  void everyKindOfChangeIsNamed() throws Exception {
    repository.commit("first");
    repository.write("model.py", "print(2)\n");
    repository.write("staged.py", "");
    repository.sh("git add staged.py && rm old.py");
    repository.write("dir/a b\nc é.py", "");
    repository.write("ignored.log", "");
    assertThat(changed(repository.tree()))
        .containsExactly(
            new ChangedFile("model.py", Change.MODIFIED),
            new ChangedFile("old.py", Change.DELETED),
            new ChangedFile("staged.py", Change.ADDED),
            untracked("dir/a b\nc é.py"));
  }

  @Test
  void renamedFileIsDeletedAndAdded() throws Exception {
    repository.commit("first");
    repository.sh("git mv model.py network.py && git config status.renames copies");
    assertThat(changed(repository.tree()))
        .containsExactly(
            new ChangedFile("model.py", Change.DELETED),
            new ChangedFile("network.py", Change.ADDED));
  }

  @Test
  void unfinishedMergeIsConflicted() throws Exception {
    conflict();
    assertThat(changed(repository.tree()))
        .containsExactly(new ChangedFile("model.py", Change.CONFLICTED));
  }

  @Test
  void resultsNeverCountEvenWhenNobodyIgnoresThem() throws Exception {
    repository.write("results/e/run_1/kept.txt", "1");
    repository.commit("first");
    repository.write("results/e/run_1/kept.txt", "2");
    repository.write("results/e/run_2/run.json", "{}");
    assertThat(changed(repository.tree())).isEmpty();
  }

  @Test
  void resultsOutsideTheProjectButInsideTheRepositoryNeverCount() throws Exception {
    repository.commit("first");
    Path project = Files.createDirectory(repository.root().resolve("project"));
    repository.write("results/run.json", "{}");
    SourceTree tree =
        new SourceTree(repository.transport(), project, repository.root().resolve("results"));
    assertThat(changed(tree)).isEmpty();
  }

  @Test
  void projectBelowTheRootSeesChangesOfTheWholeRepository() throws Exception {
    repository.write("sub/project/run.py", "");
    repository.commit("first");
    repository.write("model.py", "print(2)\n");
    repository.write("sub/project/results/run.json", "");
    assertThat(changed(repository.tree(repository.root().resolve("sub/project"))))
        .containsExactly(new ChangedFile("model.py", Change.MODIFIED));
  }

  @Test
  void case24_whatIsInsideASubmoduleNeverCounts() throws Exception {
    TestRepository library = TestRepository.in(place.resolve("library"));
    library.write("lib.py", "");
    library.commit("first");
    repository.sh("git -c protocol.file.allow=always submodule --quiet add ../library lib");
    repository.commit("with a submodule");
    repository.write("lib/lib.py", "changed");
    repository.write("lib/new.py", "new");
    assertThat(changed(repository.tree())).isEmpty();
  }

  @Test
  void variablesOfAHookDoNotLeadAstray() throws Exception {
    String commit = repository.commit("first");
    repository.write("results/run.json", "does not count");
    TestRepository other = TestRepository.in(place.resolve("other"));
    other.commit("another");
    TestRepository inHook =
        repository.with(
            Map.of(
                "GIT_DIR", other.root().resolve(".git").toString(),
                "GIT_WORK_TREE", other.root().toString(),
                "GIT_INDEX_FILE", place.resolve("no-index").toString(),
                "GIT_LITERAL_PATHSPECS", "1",
                "GIT_PREFIX", "x/"));
    assertThat(inHook.tree().state())
        .isEqualTo(new GitState.At(repository.root(), commit, Optional.of("main"), List.of()));
  }

  @Test
  void askingChangesNothingInTheGitDirectory() throws Exception {
    repository.commit("first");
    repository.sh("touch -d 2001-01-01 model.py");
    String before =
        repository.sh("find .git -type f -exec cksum {} + | sort; stat -c %Y .git/index");
    repository.tree().state();
    assertThat(repository.sh("find .git -type f -exec cksum {} + | sort; stat -c %Y .git/index"))
        .isEqualTo(before);
  }

  @Test
  void repositoryOfAnotherUserIsAProblemWithAHint() throws Exception {
    repository.commit("first");
    TestRepository foreign =
        repository.with(Map.of("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1", "HOME", place.toString()));
    SourceTree tree = foreign.tree();
    Problem problem = problemOf(tree);
    assertThat(problem.message())
        .startsWith(
            "`git rev-parse` failed in `%s` with exit code 128\n  fatal: detected dubious ownership"
                .formatted(repository.root()));
    assertThat(problem.hint())
        .hasValue(
            "the repository belongs to another user; if you trust it, say so with "
                + "`git config --global --add safe.directory DIRECTORY` and the directory that git names");
  }

  @Test
  void workTreeWhoseRepositoryIsGoneIsAProblemNotAnAbsence() throws Exception {
    Path broken = Files.createDirectory(place.resolve("broken"));
    Files.writeString(broken.resolve(".git"), "gitdir: /nowhere/at/all\n");
    SourceTree tree = new SourceTree(new LocalTransport(), broken, Path.of("results"));
    assertThat(problemOf(tree).message())
        .isEqualTo(
            "`git rev-parse` failed in `%s` with exit code 128\n  fatal: not a git repository: /nowhere/at/all"
                .formatted(broken.toRealPath()));
  }

  private void conflict() throws Exception {
    repository.commit("first");
    repository.sh("git checkout -q -b side");
    repository.write("model.py", "print('side')\n");
    repository.commit("side");
    repository.sh("git checkout -q main");
    repository.write("model.py", "print('main')\n");
    repository.commit("main");
    repository.sh("git merge side >/dev/null || true");
  }

  private static List<ChangedFile> changed(SourceTree tree) throws Exception {
    return ((GitState.At) tree.state()).changed();
  }

  private static ChangedFile untracked(String path) {
    return new ChangedFile(path, Change.UNTRACKED);
  }

  private static Problem problemOf(SourceTree tree) {
    return catchThrowableOfType(InvalidInputException.class, tree::state).problems().getFirst();
  }
}
