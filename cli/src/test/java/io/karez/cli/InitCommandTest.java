package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.cli.Karez.Said;
import io.karez.transport.Command;
import io.karez.transport.LocalTransport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitCommandTest {
  @TempDir Path directory;
  private Karez karez;

  @BeforeEach
  void takeAnEmptyDirectory() throws Exception {
    karez = Karez.at(directory);
  }

  @Test
  void case01_initMakesAProjectAndARepositoryAndASecondCallChangesNothing() throws Exception {
    Said first = karez.run("init", karez.root().toString(), "--yes");
    assertThat(first.code()).isZero();
    assertThat(first.out())
        .matches(
            """
            `PROJECT` is a project now
            made a git repository, and committed `.karez/config.yaml`, `.gitignore` as [0-9a-f]{7}
            """);
    String config = karez.read(".karez/config.yaml");
    assertThat(config)
        .isEqualTo(
            """
            # default_editor: vim           # where neither $VISUAL nor $EDITOR names one
            # logging: INFO
            result_dir: results
            # git: {dirty: record}          # record | refuse | commit
            # snapshot: never               # never | batch | always
            htcondor:
              default:
                # +WishedAcctGroup: group_name
                getenv: 'true'
                request_cpus: 1
                request_disk: 1GB
                request_gpus: 0
                request_memory: 1GB
                universe: vanilla
            slurm:
              default:
                --cpus-per-task: 1
                --ntasks: 1
                --time: 1-00:00:00
            """);
    assertThat(karez.read(".gitignore")).isEqualTo("results/\n");
    assertThat(git("log", "--format=%s")).isEqualTo("Set up Karez\n");
    assertThat(git("status", "--porcelain")).isEmpty();

    assertThat(karez.run("init", karez.root().toString(), "--yes"))
        .isEqualTo(new Said(0, "`PROJECT` is a project already\n", ""));
    assertThat(karez.read(".karez/config.yaml")).isEqualTo(config);
    assertThat(karez.read(".gitignore")).isEqualTo("results/\n");
    assertThat(git("log", "--format=%s")).isEqualTo("Set up Karez\n");
  }

  @Test
  void aPersonIsAskedWhereRunsAreKept() throws Exception {
    Said said = karez.answering("runs\n", "init", karez.root().toString(), "--no-git");

    assertThat(said)
        .isEqualTo(
            new Said(
                0,
                """
                `PROJECT` is a project now
                wrote `.karez/config.yaml`, `.gitignore`
                """,
                "keep runs in [results]: describe an experiment with `karez experiment new`\n"));
    assertThat(karez.read(".gitignore")).isEqualTo("runs/\n");
  }

  @Test
  void nothingIsMadeWhenThePersonDoesNotAnswer() {
    Said said = karez.answering("", "init", karez.root().resolve("new").toString());

    assertThat(said)
        .isEqualTo(
            new Said(
                1, "", "keep runs in [results]: \nerror: no answer, so nothing was changed\n"));
    assertThat(karez.root().resolve("new")).doesNotExist();
  }

  @Test
  void aFileCannotBecomeAProject() throws Exception {
    Path file = karez.write("notes", "");

    assertThat(karez.run("init", file.toString()))
        .isEqualTo(new Said(2, "", "error: `PROJECT/notes` is not a directory\n"));
  }

  @Test
  void trustIsKeptInTheUsersOwnFiles() throws Exception {
    Path home = Files.createDirectories(karez.root().resolve("home"));
    int code = Karez.start(karez.root(), home, "trust", ".").start().waitFor();

    assertThat(code).isZero();
    assertThat(Files.readString(home.resolve("config/karez/trusted")))
        .isEqualTo(karez.root() + "\n");
  }

  private String git(String... words) throws Exception {
    List<String> command =
        Stream.concat(Stream.of("git", "-C", karez.root().toString()), Stream.of(words)).toList();
    return new LocalTransport().run(Command.of(command), Duration.ofSeconds(20)).text();
  }
}
