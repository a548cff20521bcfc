package io.karez.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.git.Patch.LeftOut;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PatchTest {
  /// Every file with its kind, mode and content, as git would store it.
  private static final String LISTING =
      "git add -A && git ls-files --stage -z | tr '\\0' '\\n' && git reset -q";

  @TempDir Path place;
  private TestRepository repository;
  private Path file;

  @BeforeEach
  void makeRepository() throws Exception {
    repository = TestRepository.in(place.resolve("project"));
    file = place.resolve("uncommitted.patch");
    repository.write("model.py", "one\ntwo\nthree\n");
    repository.write("old.py", "old\n");
    repository.write("run.sh", "#!/bin/sh\n");
    repository.write(".gitignore", "*.log\n");
    repository.sh("printf 'a\\0b\\377' > weights.bin; ln -s model.py link");
  }

  @Test
  void case24_patchAndCommitGiveTheSameTree() throws Exception {
    String commit = repository.commit("first");
    repository.write("model.py", "one\n2\nthree");
    repository.write("with blank/and\nnewline/ünï \"quoted\" \\ back.py", "new\n");
    repository.write(":(top)*.py", "magic\n");
    repository.write("-rf", "dash\n");
    repository.write("empty", "");
    repository.write("ignored.log", "not in the patch");
    repository.write("results/run.json", "not in the patch");
    repository.sh(
        """
        rm old.py
        chmod +x run.sh
        printf 'a\\0c' > weights.bin
        printf 'n\\0w\\377' > new.bin
        rm link; ln -s 'no where' link; ln -s not/there dangling
        printf 'crlf\\r\\n' > windows.txt
        printf '#!/bin/sh' > tool; chmod +x tool
        printf 'staged\\n' > staged.py; git add staged.py; printf 'more\\n' >> staged.py
        """);
    SourceTree tree = repository.tree();
    Patch patch = tree.writePatch(tree.state(), file);
    assertThat(patch).isEqualTo(new Patch(file, List.of()));

    repository.sh("rm -r results");
    assertThat(applied(commit)).isEqualTo(repository.sh(LISTING));
  }

  @Test
  void settingsThatChangeDiffsForPeopleDoNotChangeThePatch() throws Exception {
    String commit = repository.commit("first");
    repository.write("model.py", "one\n2\nthree\n");
    repository.write("new.py", "new\n");
    repository.sh(
        """
        git mv old.py renamed.py
        git config diff.noprefix true
        git config diff.renames copies
        git config color.ui always
        git config diff.external /bin/false
        git config diff.relative true
        git config diff.context 0
        git config core.quotePath false
        git config core.pager /bin/false
        git config diff.py.textconv 'tr a-z A-Z <'
        mkdir -p .git/info && echo '*.py diff=py' > .git/info/attributes
        """);
    SourceTree tree = repository.tree();
    tree.writePatch(tree.state(), file);
    assertThat(applied(commit)).isEqualTo(repository.sh(LISTING));
  }

  @Test
  void patchBeforeTheFirstCommitHoldsEverything() throws Exception {
    repository.sh("git add model.py");
    SourceTree tree = repository.tree();
    tree.writePatch(tree.state(), file);
    TestRepository empty = TestRepository.in(place.resolve("empty"));
    empty.sh("git apply --whitespace=nowarn '" + file + "'");
    assertThat(empty.sh("git add -A && git ls-files --stage"))
        .isEqualTo(repository.sh("git add -A && git ls-files --stage"));
  }

  @Test
  void patchIsReadableByItsOwnerAloneAndNothingElseIsLeft() throws Exception {
    repository.commit("first");
    repository.write("model.py", "changed\n");
    SourceTree tree = repository.tree();
    tree.writePatch(tree.state(), file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(repository.shIn(place, "ls -A")).isEqualTo("project\nuncommitted.patch\n");
  }

  @Test
  void userRepositoryStaysAsItIs() throws Exception {
    repository.commit("first");
    repository.write("model.py", "changed\n");
    repository.write("new.py", "new\n");
    repository.write("staged.py", "staged\n");
    repository.sh("git add staged.py");
    String everything = "find . -type f -exec cksum {} + | sort; stat -c '%i %Y' .git/index";
    String before = repository.sh(everything);
    SourceTree tree = repository.tree();
    tree.writePatch(tree.state(), file);
    assertThat(repository.sh(everything)).isEqualTo(before);
  }

  @Test
  void case24_largeUnreadableAndForeignFilesAreListedInstead() throws Exception {
    String commit = repository.commit("first");
    repository.sh(
        """
        head -c 10000000 /dev/zero > largest.bin
        head -c 10000001 /dev/zero > 'too large
        diff --git a b'
        git init -q nested && touch nested/a
        touch "$(printf 'latin-\\351')"
        """);
    SourceTree tree = repository.tree();
    Patch patch = tree.writePatch(tree.state(), file);
    assertThat(patch.leftOut())
        .containsExactlyInAnyOrder(
            new LeftOut("latin-\uFFFD", "its name is not UTF-8"),
            new LeftOut("nested/", "a repository of its own"),
            new LeftOut("too large\ndiff --git a b", "10.1 MB, above 10 MB"));
    assertThat(repository.sh("grep -a '^#' '" + file + "'"))
        .isEqualTo(
            """
            # What was not committed. In a clean checkout of the commit: git apply --whitespace=nowarn FILE
            # commit %s
            # not included: latin-\uFFFD (its name is not UTF-8)
            # not included: nested/ (a repository of its own)
            # not included: "too large\\ndiff --git a b" (10.1 MB, above 10 MB)
            """
                .formatted(commit));
    assertThat(applied(commit)).contains("\tlargest.bin\n").doesNotContain("too large");
  }

  @Test
  void forgottenDirectoryOfDataIsNotCopiedWhole() throws Exception {
    repository.commit("first");
    repository.sh(
        "mkdir data; for i in 10 11 12 13 14 15 16 17 18 19 20; do truncate -s 9500000 data/$i; done");
    SourceTree tree = repository.tree();
    assertThat(tree.writePatch(tree.state(), file).leftOut())
        .containsExactly(new LeftOut("data/20", "9.5 MB, above 100 MB with the files before it"));
  }

  @Test
  void fileThatVanishedAfterTheListingIsNoFailure() throws Exception {
    repository.commit("first");
    repository.write("temporary.py", "");
    repository.write("new.py", "new\n");
    SourceTree tree = repository.tree();
    GitState state = tree.state();
    Files.delete(repository.root().resolve("temporary.py"));
    assertThat(tree.writePatch(state, file).leftOut()).isEmpty();
    assertThat(repository.sh("grep '^diff' '" + file + "'"))
        .isEqualTo("diff --git a/new.py b/new.py\n");
  }

  @Test
  void projectBelowTheRootWritesPathsFromTheRoot() throws Exception {
    repository.write("sub/project/run.py", "1\n");
    String commit = repository.commit("first");
    repository.write("model.py", "changed\n");
    repository.write("sub/project/run.py", "2\n");
    repository.write("sub/project/new.py", "new\n");
    repository.write("sub/project/results/run.json", "not in the patch");
    SourceTree tree = repository.tree(repository.root().resolve("sub/project"));
    tree.writePatch(tree.state(), file);
    repository.sh("rm -r sub/project/results");
    assertThat(applied(commit)).isEqualTo(repository.sh(LISTING));
  }

  @Test
  void unfinishedMergeIsKeptAsItLies() throws Exception {
    repository.commit("first");
    repository.sh("git checkout -q -b side");
    repository.write("model.py", "side\n");
    repository.commit("side");
    repository.sh("git checkout -q main");
    repository.write("model.py", "main\n");
    String commit = repository.commit("main");
    repository.sh("git merge side > /dev/null || true");
    SourceTree tree = repository.tree();
    tree.writePatch(tree.state(), file);
    applied(commit);
    assertThat(place.resolve("clean/model.py"))
        .hasSameTextualContentAs(repository.root().resolve("model.py"));
  }

  @Test
  void submoduleAtAnotherCommitIsInThePatch() throws Exception {
    repository.sh("git config diff.submodule log");
    TestRepository library = TestRepository.in(place.resolve("library"));
    library.commit("first");
    repository.sh("git -c protocol.file.allow=always submodule --quiet add ../library lib");
    String commit = repository.commit("with a submodule");
    String next =
        repository
            .sh(
                "cd lib && git -c user.name=a -c user.email=b commit -q --allow-empty -m 2 && git rev-parse HEAD")
            .strip();
    repository.write("lib/new.py", "not in the patch");
    repository.write("model.py", "changed\n");
    SourceTree tree = repository.tree();
    tree.writePatch(tree.state(), file);
    assertThat(Files.readString(file)).contains("+Subproject commit " + next + "\n");
    applied(commit);
    assertThat(place.resolve("clean/model.py")).hasContent("changed\n");
  }

  @Test
  void variablesOfAHookDoNotLeadThePatchAstray() throws Exception {
    String commit = repository.commit("first");
    repository.write("new.py", "new\n");
    TestRepository inHook =
        repository.with(
            Map.of("GIT_DIR", "/nowhere", "GIT_EXTERNAL_DIFF", "false", "GIT_DIFF_OPTS", "-u0"));
    SourceTree tree = inHook.tree();
    tree.writePatch(tree.state(), file);
    assertThat(applied(commit)).isEqualTo(repository.sh(LISTING));
  }

  /// The listing of a clean checkout after the patch.
  private String applied(String commit) throws Exception {
    Path clean = place.resolve("clean");
    repository.shIn(place, "git clone -q project clean && cd clean && git checkout -q " + commit);
    repository.shIn(clean, "git apply --whitespace=nowarn '" + file + "'");
    return repository.shIn(clean, LISTING);
  }
}
