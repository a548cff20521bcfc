package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.store.TreeDeletion;
import io.karez.text.Json;
import io.karez.text.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs in containers, from the words typed to those that an engine has received; the engines are
/// fakes on PATH.
class ContainerCasesTest {
  @TempDir Path directory;
  private Karez karez;

  @BeforeEach
  void aProjectWithADatasetAndFakeEngines() throws IOException {
    karez = Karez.project(directory);
    karez.write("data/iris/a.csv", "1\n");
    karez.write("c.sif", "not really\n");
    karez.write(".karez/datasets/iris.yaml", "name: iris\npath: data/iris\n");
    karez.write("code/train.py", "");
    karez.write(
        ".karez/experiments/e.yaml",
        """
        name: e
        path: code
        executable: code/train.py
        executable_command: /opt/in-the-image/python -u
        datasets: [iris]
        """);
    fake("apptainer");
    fake("podman");
  }

  @Test
  void case23_theImageSeesTheRunTheWorkingDirectoryAndTheDatasets() throws Exception {
    Karez.Said said = run("run", "e", "--container", "c.sif", "--gpu", "True", "1", "--lr", "a b");

    assertThat(said.code()).as(said.err()).isZero();
    String root = karez.root().toString();
    String run = root + "/results/e/run_1";
    String data = root + "/data/iris";
    assertThat(calls())
        .containsExactly(
            List.of(
                "apptainer",
                "run",
                "--nv",
                "--bind",
                run + ":" + run,
                "--bind",
                root + ":" + root,
                "--bind",
                data + ":" + data,
                "--cwd",
                root,
                root + "/c.sif",
                "/opt/in-the-image/python",
                "-u",
                "code/train.py",
                "1",
                "--lr",
                "a b",
                "--storage_path",
                run,
                "--dataset_path",
                data));
    assertThat(karez.run("show", "1").out())
        .contains("container          PROJECT/c.sif, with GPUs\n");
    JsonObject container = status("1").optionalObject("container").orElseThrow();
    assertThat(container.string("image")).isEqualTo("PROJECT/c.sif");
    assertThat(container.string("engine")).isEqualTo("apptainer");
    assertThat(container.flag("gpu")).isTrue();
  }

  @Test
  void theImageOfADefinitionIsFoundFromTheProjectAndGivesWayToTheCommandLine() throws Exception {
    inImage("images/d.sif");
    karez.write("images/d.sif", "");
    karez.write("sub/own.sif", "");
    assertThat(run("run", "e").code()).isZero();
    Path files = Files.createDirectories(directory.resolve(".out"));
    Process process =
        withFakes(
                Karez.start(
                    karez.root().resolve("sub"), files, "run", "e", "--container", "own.sif"))
            .start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(run("run", "e", "--container", "podman:img:1").code()).isZero();
    // nothing here is called that: the program is started on this machine
    assertThat(run("run", "e", "--container", "none").code()).isEqualTo(2);

    String root = karez.root().toString();
    assertThat(calls().stream().filter(call -> call.get(1).equals("run")).map(this::image))
        .containsExactly(root + "/images/d.sif", root + "/sub/own.sif", "img:1");
  }

  @Test
  void anImageThatIsMissingIsToldBeforeAnythingIsMade() throws Exception {
    Karez.Said said = run("run", "e", "--container", "c.simg", "--memory", "x");
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err())
        .contains("--container: there is no image `PROJECT/c.simg`\n")
        .contains("hint: an image is a file or a directory of apptainer, an address such as")
        .contains("--memory: ");
    inImage("d.sif");
    assertThat(run("run", "e").err())
        .contains(".karez/experiments/e.yaml: there is no image `PROJECT/d.sif`");
    assertThat(run("run", "--container", "podman:", "--", "true").err())
        .contains("--container: `podman:` names no image");
    assertThat(directory.resolve("results/e")).doesNotExist();
    assertThat(directory.resolve("results/_")).doesNotExist();
    assertThat(calls()).isEmpty();
  }

  @Test
  void gpuTakesATruthAndNoNumber() throws Exception {
    assertThat(run("run", "--gpu", "--container", "c.sif", "--", "x", "True").code()).isZero();
    assertThat(calls().getLast()).contains("--nv").endsWith("x", "True");
    assertThat(run("run", "--container", "c.sif", "--gpu", "false", "--", "x").code()).isZero();
    assertThat(calls().getLast()).doesNotContain("--nv");
    assertThat(run("run", "--container", "c.sif", "--gpu=True", "--", "x").code()).isZero();
    assertThat(calls().getLast()).contains("--nv");
    assertThat(run("run", "e", "--container", "c.sif", "--gpu", "x").code()).isZero();
    assertThat(calls().getLast()).contains("--nv").containsSequence("code/train.py", "x");

    assertThat(run("run", "e", "--gpu", "0").err())
        .contains("`--gpu` is Karez's own option and takes no number")
        .contains("put `--gpu 0` after `--` to pass it on to the program");
    assertThat(run("run", "e", "--container", "c.sif", "--gpu=yes").err())
        .contains("`--gpu` is `True` or `False`, not `yes`");
    assertThat(run("run", "--gpu", "--", "true").err())
        .contains("--gpu: there is no container to show the GPUs in");
  }

  @Test
  void aDryRunShowsTheScriptThatStartsTheContainerAndMakesNothing() throws Exception {
    Karez.Said said = run("run", "--container", "c.sif", "--dry-run", "-r", "slurm", "--", "x");
    assertThat(said.out())
        .contains("1 job on slurm, in the image PROJECT/c.sif\n")
        .contains("\ncontainer.sh:\n  #!/bin/sh\n")
        .contains("exec \"$kz_engine\" \"$kz_how\" --bind PROJECT/results/_/run_ID:");
    said = run("run", "--container", "docker:img", "--dry-run", "--json", "--", "x");
    JsonObject json = JsonObject.of(Json.read(said.out(), "dry run")).orElseThrow();
    assertThat(json.optionalObject("container").orElseThrow().string("engine")).isEqualTo("docker");
    assertThat(json.string("container_script")).startsWith("#!/bin/sh\n");
    assertThat(directory.resolve("results/_")).doesNotExist();
    assertThat(calls()).isEmpty();
  }

  @Test
  void furtherJobsAndRunsKeepTheContainer() throws Exception {
    karez.write("fail", "");
    assertThat(run("run", "e", "--container", "c.sif", "--seed", "0").code()).isEqualTo(3);
    Files.delete(karez.root().resolve("c.sif"));
    for (String[] words :
        new String[][] {{"rerun", "1"}, {"extend", "1", "--seed", "2"}, {"retry", "1"}}) {
      Karez.Said said = run(words);
      assertThat(said.code()).isEqualTo(2);
      assertThat(said.err()).contains("run 1: there is no image `PROJECT/c.sif`");
    }
    assertThat(directory.resolve("results/e/run_2")).doesNotExist();

    karez.write("c.sif", "not really\nthe same");
    Files.delete(karez.root().resolve("fail"));
    Karez.Said again = run("retry", "1");
    assertThat(again.code()).isZero();
    assertThat(again.err())
        .contains("warning: the image of run 1 has changed: it was 11 bytes of ")
        .contains(", and is 19 bytes of ");
    assertThat(run("extend", "1", "--seed", "1").code()).isZero();
    assertThat(run("rerun", "1/0").code()).isZero();
    assertThat(calls()).hasSize(4).allMatch(call -> image(call).endsWith("/c.sif"));
    assertThat(status("2").optionalObject("container")).isPresent();
  }

  @Test
  void onlyWhatHasSucceededInTheSameImageIsLeftOut() throws Exception {
    karez.write("d.sif", "");
    assertThat(run("run", "e", "--container", "c.sif", "--seed", "0").code()).isZero();
    assertThat(run("run", "e", "--missing", "--container", "c.sif", "--gpu", "--seed", "0").err())
        .contains("the job has already succeeded with this code, in run 1; nothing remains");
    assertThat(run("run", "e", "--missing", "--container", "d.sif", "--seed", "0").err())
        .contains("the job has not succeeded yet");
    karez.write("c.sif", "made again\n");
    assertThat(run("run", "e", "--missing", "--container", "c.sif", "--seed", "0").err())
        .contains("the job has not succeeded yet");
    assertThat(calls()).hasSize(3);
  }

  @Test
  void variablesOfTheExperimentWinOverTheImage() throws Exception {
    Files.writeString(
        karez.root().resolve(".karez/experiments/e.yaml"),
        "environment: {set: {OMP_NUM_THREADS: '3'}, forward: [MINE]}\ncontainer: c.sif\n",
        StandardOpenOption.APPEND);
    assertThat(run("run", "e").code()).isZero();
    assertThat(karez.read("results/e/run_1/container.sh"))
        .contains("export APPTAINERENV_OMP_NUM_THREADS=\"${OMP_NUM_THREADS-}\"")
        .contains("APPTAINERENV_MINE=")
        .doesNotContain("APPTAINERENV_PATH");
    assertThat(karez.read("results/e/run_1/stdout.txt")).isEqualTo("OMP_NUM_THREADS=3, MINE=m\n");
  }

  @Test
  void onlyThePathIsForwardedWhereAnImageHasItsOwnEnvironment() throws Exception {
    String[] words = {"run", "-r", "slurm", "--container", "c.sif", "--dry-run", "e"};
    String script = run(words).out();
    assertThat(script).contains("\n  export PATH=PROJECT/bin:").doesNotContain("export LANG=");
    Files.writeString(
        karez.root().resolve(".karez/experiments/e.yaml"),
        "environment: {forward: [MINE]}\n",
        StandardOpenOption.APPEND);
    script = run(words).out();
    assertThat(script)
        .contains("\n  export MINE=m\n")
        .contains("APPTAINERENV_MINE=")
        .doesNotContain("export PATH=");
  }

  @Test
  void whySaysWhatAnEngineMeansByItsOwnCodes() throws Exception {
    karez.write("status", "255");
    assertThat(run("run", "--container", "c.sif", "--", "x").code()).isEqualTo(3);
    assertThat(karez.run("why", "1").out())
        .contains("255 is also what `apptainer` says when it cannot start the container");
    Path docker = karez.write("bin/docker", "#!/bin/sh\necho Cannot connect >&2\nexit 1\n");
    assertThat(docker.toFile().setExecutable(true)).isTrue();
    assertThat(run("run", "--container", "docker:x", "--", "x").code()).isEqualTo(3);
    assertThat(karez.run("why", "2").out())
        .contains("`docker` was not found on its node, or did not answer")
        .contains("does not answer: Cannot connect")
        .contains("hint: ask for nodes that have it, or load it by a line under `setup:`");
    assertThat(status("2").objects("jobs").getFirst().string("cause")).isEqualTo("launch");
  }

  private void inImage(String image) throws IOException {
    Path file = karez.root().resolve(".karez/experiments/e.yaml");
    Files.writeString(file, Files.readString(file) + "container: " + image + "\n");
  }

  private Karez.Said run(String... words) throws Exception {
    Path files = Files.createTempDirectory("karez-test");
    try {
      Process process = withFakes(Karez.start(karez.root(), files, words)).start();
      process.getOutputStream().close();
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      return new Karez.Said(
          process.exitValue(),
          Files.readString(files.resolve("stdout")).replace(karez.root().toString(), "PROJECT"),
          Files.readString(files.resolve("stderr")).replace(karez.root().toString(), "PROJECT"));
    } finally {
      TreeDeletion.delete(files);
    }
  }

  private ProcessBuilder withFakes(ProcessBuilder builder) {
    builder.environment().put("PATH", directory.resolve("bin") + ":" + System.getenv("PATH"));
    builder.environment().put("MINE", "m");
    return builder;
  }

  /// Notes its words, and fails when there is a file `fail`, or as the file `status` says.
  private void fake(String engine) throws IOException {
    Path file =
        karez.write(
            "bin/" + engine,
            """
            #!/bin/sh
            cd %2$s
            printf '%%s\\0' %1$s "$@" >>calls
            echo >>calls
            echo "OMP_NUM_THREADS=$OMP_NUM_THREADS, MINE=$MINE"
            [ ! -e status ] || exit "$(cat status)"
            [ ! -e fail ]
            """
                .formatted(engine, karez.root()));
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private List<List<String>> calls() throws IOException {
    Path calls = karez.root().resolve("calls");
    return Files.exists(calls)
        ? Stream.of(Files.readString(calls, StandardCharsets.UTF_8).split("\0\n"))
            .map(call -> List.of(call.split("\0")))
            .filter(call -> call.get(1).equals("run"))
            .toList()
        : List.of();
  }

  /// The word after the options, which all take a value but for some.
  private String image(List<String> call) {
    return call.stream()
        .filter(word -> word.endsWith(".sif") || word.equals("img:1"))
        .findFirst()
        .orElse("no image");
  }

  private JsonObject status(String run) {
    return JsonObject.of(Json.read(karez.run("status", run, "--json").out(), "status"))
        .orElseThrow()
        .objects("runs")
        .getFirst();
  }
}
