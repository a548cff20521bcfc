package io.karez.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.transport.Command;
import io.karez.transport.Completed;
import io.karez.transport.LocalTransport;
import io.karez.transport.Transport;
import io.karez.transport.TransportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectSetupTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir private Path directory = Path.of(".");

  /// This machine, with the git settings of nobody.
  private record CleanGit(Transport local, Path home) implements Transport {
    @Override
    public Completed run(Command command, Duration limit) throws TransportException {
      return local.run(
          command.with(Map.of("GIT_CONFIG_GLOBAL", home + "/none", "GIT_CONFIG_NOSYSTEM", "1")),
          limit);
    }

    @Override
    public int runAttached(Command command) throws TransportException {
      return local.runAttached(command);
    }
  }

  /// A machine on which no program can be started.
  private static final class Bare implements Transport {
    @Override
    public Completed run(Command command, Duration limit) throws TransportException {
      throw new TransportException("cannot start `git`");
    }

    @Override
    public int runAttached(Command command) throws TransportException {
      throw new TransportException("cannot start `git`");
    }
  }

  private Transport git() {
    return new CleanGit(new LocalTransport(), directory);
  }

  private String git(Path root, String... words) throws TransportException {
    Completed reply = git().run(Command.of(words).in(root), LIMIT);
    assertThat(reply.exitCode()).as(reply.errorText()).isZero();
    return reply.text();
  }

  @Test
  void case01_anEmptyDirectoryBecomesAProjectWithOneCommitAndASecondCallChangesNothing()
      throws Exception {
    Path root = directory.resolve("D");
    ProjectSetup setup = new ProjectSetup(git());
    ProjectSetup.Done first = setup.withRepository(root, "results");
    String head = git(root, "git", "rev-parse", "HEAD").strip();
    assertThat(first)
        .isEqualTo(
            new ProjectSetup.Done(
                List.of(Path.of(".karez/config.yaml"), Path.of(".gitignore")),
                Optional.of(head),
                List.of(
                    "git knows no name and address of yours, so the commit is signed `karez`; set"
                        + " them with `git config --global user.name` and `user.email`")));
    assertThat(git(root, "git", "log", "--format=%an <%ae> %s"))
        .isEqualTo("karez <karez@localhost> Set up Karez\n");
    assertThat(git(root, "git", "ls-files")).isEqualTo(".gitignore\n.karez/config.yaml\n");
    assertThat(root.resolve(".karez/experiments")).isEmptyDirectory();
    assertThat(root.resolve(".karez/datasets")).isEmptyDirectory();

    assertThat(setup.withRepository(root, "other"))
        .isEqualTo(new ProjectSetup.Done(List.of(), Optional.empty(), List.of()));
    assertThat(git(root, "git", "rev-parse", "HEAD").strip()).isEqualTo(head);
    assertThat(git(root, "git", "status", "--porcelain")).isEmpty();
  }

  @Test
  void filesOfTheUserAreNotCommitted() throws Exception {
    Files.writeString(directory.resolve("mine.py"), "");
    new ProjectSetup(git()).withRepository(directory, "results");
    assertThat(git(directory, "git", "status", "--porcelain")).isEqualTo("?? mine.py\n");
  }

  @Test
  void aRepositoryThatIsThereIsLeftAlone() throws Exception {
    git(directory, "git", "init", "--quiet");
    Path inner = directory.resolve("inner");
    ProjectSetup.Done done = new ProjectSetup(git()).withRepository(inner, "results");
    assertThat(done.commit()).isEmpty();
    assertThat(inner.resolve(".git")).doesNotExist();
    assertThat(inner.resolve(".karez/config.yaml")).exists();
    assertThat(git(directory, "git", "status", "--porcelain")).isEqualTo("?? inner/\n");
  }

  @Test
  void withoutGitTheProjectIsMadeAndTheUserIsTold() throws IOException {
    ProjectSetup.Done done = new ProjectSetup(new Bare()).withRepository(directory, "results");
    assertThat(done)
        .isEqualTo(
            new ProjectSetup.Done(
                List.of(Path.of(".karez/config.yaml"), Path.of(".gitignore")),
                Optional.empty(),
                List.of(
                    "git is not to be found, so no repository was made and runs record no"
                        + " commit")));
    assertThat(Files.readString(directory.resolve(".gitignore"))).isEqualTo("results/\n");
  }
}
