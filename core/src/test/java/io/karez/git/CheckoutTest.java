package io.karez.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckoutTest {
  @TempDir Path place;
  private TestRepository repository;
  private Path checkouts;
  private String first;
  private String second;

  @BeforeEach
  void makeRepository() throws Exception {
    repository = TestRepository.in(place.resolve("project"));
    checkouts = repository.root().resolve("results/.checkouts");
    repository.write(".gitignore", "/results/\n");
    repository.write("model.py", "1\n");
    first = repository.commit("first");
    repository.write("model.py", "2\n");
    second = repository.commit("second");
  }

  @Test
  void case25_fullAndShortNamesTagsAndBranchesAreResolved() throws Exception {
    repository.sh(
        "git tag v1 "
            + first
            + "; git tag -a -m annotated v1a "
            + first
            + "; git branch old "
            + first);
    SourceTree tree = repository.tree();
    List<String> resolved = new ArrayList<>();
    for (String name : List.of(first, first.substring(0, 7), "v1", "v1a", "old", "HEAD~1")) {
      resolved.add(tree.resolve(name));
    }
    assertThat(new HashSet<>(resolved)).containsExactly(first);
  }

  @Test
  void unknownCommitIsAProblemWithAHint() throws Exception {
    assertThat(refusal("0123456789"))
        .isEqualTo(
            Problem.at(Place.of("--commit"), "no commit `0123456789` in this repository")
                .hint(
                    "`git log --oneline --all` lists the commits; one that is known only elsewhere has to be"
                        + " fetched first"));
  }

  @Test
  void fullNameOfNoCommitIsUnknownToo() throws Exception {
    String name = "0123456789abcdef0123456789abcdef01234567";
    assertThat(refusal(name).message())
        .isEqualTo("no commit `%s` in this repository".formatted(name));
  }

  @Test
  void misspeltBranchIsShownItsNearestName() throws Exception {
    repository.sh("git branch experiments");
    assertThat(refusal("experimens").hint()).hasValue("did you mean `experiments`?");
  }

  @Test
  void nameThatIsAnOptionOrNothingIsRefused() throws Exception {
    for (String name : List.of("-", "--all", "")) {
      assertThat(refusal(name).message())
          .isEqualTo("`%s` is not the name of a commit".formatted(name));
    }
  }

  @Test
  void treeIsNotACommit() throws Exception {
    assertThat(refusal("HEAD:model.py").message())
        .isEqualTo("no commit `HEAD:model.py` in this repository");
  }

  @Test
  void case25_checkoutHoldsThatCommitAndTheSourceIsUntouched() throws Exception {
    repository.write("model.py", "3, not committed\n");
    repository.write("new.py", "");
    String everything =
        "find . -path ./results -prune -o -type f -exec cksum {} + | sort; git worktree list; git branch -a";
    String before = repository.sh(everything);
    Checkout checkout = repository.tree().checkout(first, checkouts);
    assertThat(checkout)
        .isEqualTo(
            new Checkout(checkouts.resolve(first), checkouts.resolve(first), first, List.of()));
    assertThat(
            repository.shIn(
                checkout.root(), "cat model.py; git rev-parse HEAD; git status --porcelain"))
        .isEqualTo("1\n" + first + "\n");
    assertThat(repository.sh(everything)).isEqualTo(before);
    assertThat(repository.shIn(checkouts, "ls -A")).isEqualTo(first + "\n");
  }

  @Test
  void commitThatNoBranchReachesIsCheckedOut() throws Exception {
    repository.sh("git reset -q --hard " + first);
    Path root = repository.tree().checkout(second, checkouts).root();
    assertThat(root.resolve("model.py")).hasContent("2\n");
  }

  @Test
  void commitOfAShallowCloneIsCheckedOut() throws Exception {
    repository.shIn(place, "git clone -q --depth 1 \"file://$PWD/project\" shallow");
    TestRepository shallow =
        new TestRepository(place.resolve("shallow").toRealPath(), repository.surroundings());
    Path root = shallow.tree().checkout(second, place.resolve("checkouts")).root();
    assertThat(root.resolve("model.py")).hasContent("2\n");
  }

  @Test
  void linkedWorkTreeIsASourceToo() throws Exception {
    repository.sh("git worktree add -q ../linked " + first);
    TestRepository linked =
        new TestRepository(place.resolve("linked").toRealPath(), repository.surroundings());
    Path root = linked.tree().checkout(second, place.resolve("checkouts")).root();
    assertThat(root.resolve("model.py")).hasContent("2\n");
  }

  @Test
  void laterRunsUseTheSameCheckoutEvenWithNewUntrackedFiles() throws Exception {
    Checkout once = repository.tree().checkout(first, checkouts);
    Files.writeString(once.root().resolve("output.txt"), "of a run");
    Object made = Files.getAttribute(once.root(), "unix:ino");
    assertThat(repository.tree().checkout(first, checkouts)).isEqualTo(once);
    assertThat(Files.getAttribute(once.root(), "unix:ino")).isEqualTo(made);
  }

  @Test
  void changedCheckoutIsLeftAloneAndAnotherOneMade() throws Exception {
    Checkout once = repository.tree().checkout(first, checkouts);
    Files.writeString(once.root().resolve("model.py"), "changed by a program\n");
    Checkout again = repository.tree().checkout(first, checkouts);
    assertThat(again.root()).isEqualTo(checkouts.resolve(first + "-2"));
    assertThat(again.root().resolve("model.py")).hasContent("1\n");
    assertThat(once.root().resolve("model.py")).hasContent("changed by a program\n");
  }

  @Test
  void checkoutWithoutItsGitDirectoryIsNotTakenForTheUsersRepository() throws Exception {
    repository.sh("git checkout -q --detach");
    Checkout once = repository.tree().checkout(second, checkouts);
    repository.shIn(
        once.root(),
        "mv .git/karez-status x && rm -rf .git && mkdir .git && mv x .git/karez-status");
    assertThat(repository.tree().checkout(second, checkouts).root())
        .isEqualTo(checkouts.resolve(second + "-2"));
  }

  @Test
  void commitThatLooksChangedWhenFreshIsStillSharedByRuns() throws Exception {
    repository.sh("printf 'a\\r\\n' > dos.txt && git add dos.txt && git commit -q -m crlf");
    repository.write(".gitattributes", "*.txt text eol=lf\n");
    repository.sh("git add .gitattributes && git commit -q -m attributes");
    String commit = repository.sh("git rev-parse HEAD").strip();
    Checkout once = repository.tree().checkout(commit, checkouts);
    assertThat(repository.tree().checkout(commit, checkouts)).isEqualTo(once);
  }

  @Test
  void hooksAreNotRunByACheckout() throws Exception {
    repository.write("hooks/post-checkout", "#!/bin/sh\ntouch '" + place + "/hook-ran'\n");
    repository.sh("chmod +x hooks/post-checkout");
    TestRepository hooked =
        repository.with(
            Map.of(
                "GIT_CONFIG_COUNT", "1",
                "GIT_CONFIG_KEY_0", "core.hooksPath",
                "GIT_CONFIG_VALUE_0", repository.root().resolve("hooks").toString()));
    hooked.tree().checkout(first, checkouts);
    assertThat(place.resolve("hook-ran")).doesNotExist();
  }

  @Test
  void checkoutsMadeAtOnceAreOne() throws Exception {
    List<Callable<Checkout>> makers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      SourceTree tree = repository.tree();
      makers.add(() -> tree.checkout(first, checkouts));
    }
    List<Checkout> made = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(makers.size())) {
      for (Future<Checkout> future : threads.invokeAll(makers)) {
        made.add(future.get());
      }
    }
    assertThat(new HashSet<>(made))
        .containsExactly(
            new Checkout(checkouts.resolve(first), checkouts.resolve(first), first, List.of()));
    assertThat(repository.shIn(checkouts, "ls -A")).isEqualTo(first + "\n");
  }

  @Test
  void projectBelowTheRootRunsBelowTheRootOfTheCheckout() throws Exception {
    repository.write("sub/project/run.py", "");
    String third = repository.commit("third");
    SourceTree tree = repository.tree(repository.root().resolve("sub/project"));
    assertThat(tree.checkout(third, checkouts).project())
        .isEqualTo(checkouts.resolve(third).resolve("sub/project"));
    InvalidInputException refusal =
        catchThrowableOfType(InvalidInputException.class, () -> tree.checkout(first, checkouts));
    assertThat(refusal.problems())
        .containsExactly(
            new Problem(
                Optional.empty(),
                "commit `%.7s` has no directory `sub/project`".formatted(first),
                Optional.of("the project was elsewhere or not committed then")));
  }

  @Test
  void submodulesAreNamed() throws Exception {
    TestRepository library = TestRepository.in(place.resolve("library"));
    library.commit("first");
    repository.sh("git -c protocol.file.allow=always submodule --quiet add ../library 'my lib'");
    String commit = repository.commit("with a submodule");
    assertThat(repository.tree().checkout(commit, checkouts).submodules())
        .containsExactly("my lib");
  }

  @Test
  void variablesOfAHookDoNotLeadACheckoutAstray() throws Exception {
    TestRepository inHook =
        repository.with(
            Map.of("GIT_DIR", "/nowhere", "GIT_INDEX_FILE", place.resolve("index").toString()));
    Path root = inHook.tree().checkout(first, checkouts).root();
    assertThat(root.resolve("model.py")).hasContent("1\n");
    assertThat(place.resolve("index")).doesNotExist();
  }

  private Problem refusal(String name) throws Exception {
    SourceTree tree = repository.tree();
    return catchThrowableOfType(InvalidInputException.class, () -> tree.resolve(name))
        .problems()
        .getFirst();
  }
}
