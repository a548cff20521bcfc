package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Allocations of a site behind a real `sshd`, against programs that only say what Slurm's do.
class SiteAllocTest {
  private static final String NO_ROWS = "true";

  @TempDir Path directory;
  private Karez karez;
  private FakeSlurm slurm;
  private FarSite far;

  @BeforeEach
  void aSite() throws Exception {
    karez = Karez.project(Files.createDirectory(directory.resolve("near")));
    slurm = FakeSlurm.in(karez, directory);
    slurm.say("scancel", "touch '" + directory.resolve("cancelled") + "'");
    far = FarSite.start(directory, "SetEnv PATH=" + slurm.place() + ":/usr/bin:/bin");
    karez.write(
        ".karez/config.yaml",
        "sites: {far: {host: far, ssh_config: '%s', directory: '%s', scheduler: slurm, resources: {time: 1h}}}\n"
            .formatted(far.sshd().configuration(), Files.createDirectory(far.directory())));
  }

  @BeforeAll
  static void noPatience() {
    System.setProperty("karez.ssh.pause.millis", "20");
  }

  @AfterAll
  static void patienceAgain() {
    System.clearProperty("karez.ssh.pause.millis");
  }

  @AfterEach
  void itsEnd() {
    far.close();
  }

  /// What `squeue` prints of an allocation, with the token of the last `salloc`.
  private String squeue(String state) {
    return """
    token=$(sed -n 's/^salloc .*karez\\.alloc\\.\\([0-9a-f]*\\).*/\\1/p' '%1$s/words' | tail -n 1)
    if [ -e '%2$s/cancelled' ]; then exit; fi
    echo "118568^^0^^%3$s^^2^^4^^n[01-02]^^9:58^^0:02^^1795275450^^1795275450^^None^^debug^^research^^karez.alloc.$token^^karez^^"
    """
        .formatted(slurm.place(), directory, state);
  }

  @Test
  void anAllocationIsGotListedAndGivenBackThere() throws Exception {
    slurm.say("salloc", "echo 'salloc: Granted job allocation 118568' >&2");
    slurm.say("squeue", squeue("RUNNING"));
    Karez.Said said = karez.run("alloc", "get", "--on", "far", "--nodes", "2");
    assertThat(said.out()).as(said.err()).isEqualTo("118568\n");
    assertThat(said.err())
        .contains("2 nodes (n01, n02)")
        .contains("`karez alloc run --on far 118568 -- COMMAND`", "release --on far 118568`");
    assertThat(Files.readString(slurm.place().resolve("words")))
        .containsPattern("salloc --no-shell .*--time=01:00:00 ")
        .contains(" -N 2");
    assertThat(karez.run("alloc", "list", "--on", "far").out()).contains("118568\tkarez\trunning");
    assertThat(karez.run("alloc", "list", "--on", "far", "--json").out())
        .containsPattern("\"site\": ?\"far\"");
    assertThat(karez.run("alloc", "release", "--on", "far", "--all").out())
        .contains("allocation 118568: released");
    assertThat(karez.run("alloc", "list", "--on", "far").err())
        .contains("get one with `karez alloc get --on far`");
  }

  @Test
  void aCommandRunsInItWhereTheProjectLiesThere() throws Exception {
    slurm.say("squeue", squeue("RUNNING"));
    slurm.say("srun", "while [ \"$1\" != -- ]; do shift; done; shift; exec \"$@\"");
    Karez.Said said =
        karez.run(
            "alloc",
            "run",
            "--on",
            "far",
            "118568",
            "--",
            "sh",
            "-c",
            "pwd >'" + directory.resolve("place") + "'; [ \"$1\" = 'a  \"b' ] || exit 1; exit 5",
            "sh",
            "a  \"b");
    assertThat(said.code()).as(said.err()).isEqualTo(5);
    assertThat(directory.resolve("place")).hasContent(far.directory().toString());
  }

  @Test
  void aRequestWhoseConnectionBreaksIsWithdrawn() throws Exception {
    slurm.say("salloc", "echo 'salloc: Pending job allocation 118568' >&2; exec sleep 600");
    slurm.say("squeue", squeue("PENDING"));
    CompletableFuture<Karez.Said> request =
        CompletableFuture.supplyAsync(() -> karez.run("alloc", "get", "--on", "far"));
    Instant end = Instant.now().plusSeconds(60);
    Path words = slurm.place().resolve("words");
    while (Files.notExists(words) || !Files.readString(words).contains("salloc")) {
      assertThat(Instant.now()).isBefore(end);
      Thread.sleep(20);
    }
    far.sshd().cut();
    Karez.Said said = request.get(1, TimeUnit.MINUTES);
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.err()).contains("it was still there, as allocation 118568, and is released");
    assertThat(directory.resolve("cancelled")).exists();
  }

  @Test
  void whoForgetsTheSiteIsToldOfIt() {
    for (String[] words :
        new String[][] {
          {"alloc", "list"},
          {"alloc", "get"},
          {"alloc", "release", "118568"},
          {"alloc", "run", "118568", "--", "true"}
        }) {
      assertThat(karez.run(words))
          .isEqualTo(
              new Karez.Said(
                  2,
                  "",
                  """
                  error: there is no `squeue` on this machine
                  hint: `--on far` asks there
                  """));
    }
  }

  @Test
  void anAllocationThatIsNotKnownHereMayBeOnASite() throws Exception {
    for (String[] words :
        new String[][] {
          {"alloc", "release", "118568"},
          {"alloc", "run", "118568", "--", "true"}
        }) {
      assertThat(slurm.run(words).err())
          .contains("hint: `karez alloc list` shows yours; one on a site needs `--on far`\n");
    }
  }

  @Test
  void nothingIsAskedForWhereTheSiteCannotBeReached() throws Exception {
    slurm.say("squeue", NO_ROWS);
    far.sshd().down();
    Karez.Said said = karez.run("alloc", "get", "--on", "far");
    assertThat(said.code()).isEqualTo(4);
    assertThat(said.err()).contains("`far` cannot be reached").doesNotContain("allocation");
    assertThat(karez.run("alloc", "list", "--on", "fra").err()).contains("no site `fra`");
  }
}
