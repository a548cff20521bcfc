package io.karez.scheduler;

import static io.karez.scheduler.TestRun.await;
import static io.karez.scheduler.TestRun.awaitText;
import static org.assertj.core.api.Assertions.assertThat;

import io.karez.define.Container;
import io.karez.define.Container.Engine;
import io.karez.testing.HostileWords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the wrappers do with a run that has a container, on every shell. The engines are fakes that
/// note their words and run the program here; real ones are tried in the lab.
class ContainerWrapperTest {
  /// Options of podman and docker that stand alone.
  private static final String FLAGS = "--rm | --interactive | --init | --*=* | --nv";

  /// Prints its own argument list as the kernel has it.
  private static final List<String> PRINT = List.of("/bin/sh", "-c", "cat /proc/$$/cmdline", "sh");

  private static final Path TOOLS = tools();

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void everyWordReachesTheProgramInTheContainer(Shells shell) throws Exception {
    Random random = new Random(23);
    List<List<String>> commands = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      List<String> words = new ArrayList<>(PRINT);
      for (int k = 0; k < 15; k++) {
        words.addAll(HostileWords.some(random));
      }
      commands.add(words);
    }
    for (String engine : List.of("apptainer", "podman", "docker")) {
      TestRun run =
          TestRun.of(Files.createDirectories(directory.resolve(engine)), shell.link(), commands);
      contain(run, engine.equals("apptainer") ? image("c.sif") : client(engine));
      fake(engine);
      for (int job = 0; job < 4; job++) {
        assertThat(end(run, run.wrapper(job)).code()).as(stderr(run, job)).isZero();
      }
      assertThat(end(run, run.supervisor(2)).code()).isZero();
      for (int job = 0; job < commands.size(); job++) {
        assertThat(Files.readAllBytes(run.directory(job).resolve("stdout.txt")))
            .as("%s, job %d: %s", engine, job, stderr(run, job))
            .isEqualTo(
                (String.join("\0", commands.get(job)) + "\0").getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void singularityIsTakenWhereThereIsNoApptainer(Shells shell) throws Exception {
    TestRun run = TestRun.of(directory, shell.link(), List.of(List.of("true"), List.of("true")));
    Container image = image("c.sif");
    contain(run, image);
    fake("singularity");
    assertThat(end(run, run.wrapper(0)).code()).isZero();
    fake("apptainer");
    assertThat(end(run, run.wrapper(1)).code()).isZero();
    String bind = "%1$s:%1$s";
    String here = run.run().path().toString();
    String work = run.work().toString();
    assertThat(calls())
        .containsExactly(
            List.of(
                "singularity",
                "run",
                "--bind",
                bind.formatted(here),
                "--bind",
                bind.formatted(work),
                "--pwd",
                work,
                image.image(),
                "true"),
            List.of(
                "apptainer",
                "run",
                "--bind",
                bind.formatted(here),
                "--bind",
                bind.formatted(work),
                "--cwd",
                work,
                image.image(),
                "true"));
  }

  @ParameterizedTest
  @EnumSource
  void aMissingEngineAndAMissingImageAreCausesOfTheirOwn(Shells shell) throws Exception {
    for (Container container : List.of(image("c.sif"), client("podman"), client("docker"))) {
      Path place = Files.createDirectories(directory.resolve(container.engine().word()));
      TestRun run = TestRun.of(place, shell.link(), List.of(List.of("true"), List.of("true")));
      contain(run, container);
      assertThat(end(run, run.wrapper(0)).code()).isEqualTo(127);
      assertThat(end(run, run.supervisor(1)).code()).isZero();
      for (int job = 0; job < 2; job++) {
        assertThat(run.end(job).launch()).contains("engine");
        assertThat(run.end(job).status()).contains(127);
        assertThat(stderr(run, job)).contains("installed on").startsWith("karez: ");
        assertThat(run.directory(job).resolve(".container")).doesNotExist();
      }
    }
    Container image = image("gone.sif");
    TestRun run = TestRun.of(directory, shell.link(), List.of(List.of("true")));
    contain(run, image);
    fake("apptainer");
    Files.delete(Path.of(image.image()));
    assertThat(end(run, run.wrapper(0)).code()).isEqualTo(127);
    assertThat(run.end(0).launch()).contains("image");
    assertThat(stderr(run, 0)).contains("there is no image `" + image.image() + "`");
    assertThat(calls()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void anImageWhoseScriptDropsTheCommandIsExecuted(Shells shell) throws Exception {
    fake("apptainer");
    Path bare = Files.createDirectories(directory.resolve("bare"));
    Path passes = script("passes", "#!/bin/sh\nexec \"$@\"\n");
    Path drops = script("drops", "#!/bin/sh\necho There is no runscript\n");
    Path sif = directory.resolve("drops.sif");
    Files.writeString(
        sif, "#!/usr/bin/env run-singularity\n\0SIF_MAGIC\0x", StandardCharsets.ISO_8859_1);
    List<String> how = new ArrayList<>();
    for (Path image : List.of(bare, passes, drops, sif)) {
      Files.deleteIfExists(directory.resolve("calls"));
      Path place = Files.createDirectories(directory.resolve("of-" + image.getFileName()));
      TestRun run = TestRun.of(place, shell.link(), List.of(List.of("true")));
      contain(
          run,
          new Container(Engine.APPTAINER, image.toString(), false, List.of(), Optional.empty()));
      assertThat(end(run, run.wrapper(0)).code()).isZero();
      how.add(calls().getLast().get(1));
    }
    assertThat(how).containsExactly("exec", "run", "exec", "exec");
  }

  @ParameterizedTest
  @EnumSource
  void podmanIsGivenVariablesByNameAndTheUser(Shells shell) throws Exception {
    TestRun run =
        TestRun.of(
            directory,
            shell.link(),
            List.of(TestRun.sh("echo \"$OWN\"; cat; exit 9"), TestRun.sh("exit 125")));
    contain(run, client("podman"));
    fake("podman");
    ProcessBuilder wrapper = run.wrapper(0);
    wrapper.environment().put("OWN", "a secret\nof two lines");
    wrapper.environment().put("SLURM_JOB_ID", "12");
    assertThat(end(run, wrapper).code()).isEqualTo(9);
    assertThat(end(run, run.supervisor(1)).code()).isZero();
    assertThat(run.end(1).status()).contains(125);
    assertThat(run.end(1).launch()).isEmpty();

    assertThat(run.text(0, "stdout.txt")).isEqualTo("a secret\nof two lines\n");
    List<String> words = calls().getFirst();
    assertThat(words)
        .containsSequence("--env", "OWN")
        .containsSequence("--env", "KAREZ_RUN_DIR")
        .containsSequence("--env", "KAREZ_JOB_DIR")
        .containsSequence("--env", "KAREZ_JOB_INDEX")
        .containsSequence("--env", "KAREZ_PARAMETERS")
        .containsSequence("--env", "SLURM_JOB_ID")
        .containsSequence("--workdir", run.work().toString())
        .containsSequence("img:1", "/bin/sh", "-c")
        .contains("--user")
        .noneMatch(word -> word.contains("secret"));
    // what is measured of the client says nothing of the program
    assertThat(run.end(0).memoryBytes()).isEmpty();
    assertThat(run.end(0).cpu()).isEmpty();
    assertThat(run.directory(0).resolve(".container")).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource
  void dockerIsAskedWhetherItAnswersAndWhetherItIsAnother(Shells shell) throws Exception {
    List<List<String>> commands = List.of(List.of("true"), List.of("true"), List.of("true"));
    TestRun run = TestRun.of(directory, shell.link(), commands);
    contain(run, new Container(Engine.DOCKER, "img:1", true, List.of(), Optional.empty()));
    fake("docker");
    assertThat(end(run, run.wrapper(0)).code()).as(stderr(run, 0)).isZero();
    assertThat(calls().getLast())
        .contains("--init", "--group-add")
        .containsSequence("--gpus", "all")
        .doesNotContain("--userns=keep-id");
    Files.writeString(directory.resolve("docker.version"), "podman version 5.4.2\n");
    assertThat(end(run, run.wrapper(1)).code()).as(stderr(run, 1)).isZero();
    assertThat(calls().getLast())
        .containsSequence("--device", "nvidia.com/gpu=all")
        .doesNotContain("--group-add");
    Files.delete(directory.resolve("docker.version"));
    Files.writeString(directory.resolve("docker.down"), "");
    assertThat(end(run, run.wrapper(2)).code()).isEqualTo(127);
    assertThat(run.end(2).launch()).contains("engine");
    assertThat(stderr(run, 2)).contains("does not answer: Cannot connect");
  }

  @ParameterizedTest
  @EnumSource
  void aSignalReachesTheProgramOfPodmanOnceAndItsCodeComesBack(Shells shell) throws Exception {
    TestRun run =
        TestRun.of(
            directory,
            shell.link(),
            List.of(
                TestRun.sh(
                    "trap 'echo got >>got; [ -e more ] && exit 5' TERM; echo up;"
                        + " while :; do sleep 0.05; done")));
    contain(run, client("podman"));
    fake("podman");
    Process wrapper = start(run.wrapper(0));
    awaitText(run.directory(0).resolve("stdout.txt"));
    wrapper.destroy();
    Path got = run.work().resolve("got");
    awaitText(got);
    Files.createFile(run.work().resolve("more"));
    wrapper.destroy();
    assertThat(run.end(wrapper).code()).isEqualTo(5);
    assertThat(Files.readString(got)).isEqualTo("got\ngot\n");
    assertThat(run.end(0).status()).contains(5);
    run.awaitGone();
    // it has ended by itself
    assertThat(calls()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void whoeverIsKilledLeavesNoContainerBehind(Shells shell) throws Exception {
    TestRun run =
        TestRun.of(directory, shell.link(), List.of(TestRun.sh("echo $$; exec sleep 600")));
    contain(run, client("podman"));
    fake("podman");
    Process wrapper = start(run.wrapper(0));
    awaitText(run.directory(0).resolve("stdout.txt"));
    String pid = run.record(0).start().orElseThrow().process().split(" ")[4];
    ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();
    run.end(wrapper);
    await("the container is removed", () -> calls().getLast().get(1).equals("rm"));
    List<String> started =
        calls().stream().filter(call -> call.get(1).equals("run")).findFirst().orElseThrow();
    String name = started.get(started.indexOf("--name") + 1);
    assertThat(calls().getLast()).containsExactly("podman", "rm", "--force", "--time", "0", name);
    run.awaitGone();
  }

  @ParameterizedTest
  @EnumSource
  void theProgramFindsTheRunWhereTheContainerHasIt(Shells shell) throws Exception {
    String print = "echo $KAREZ_RUN_DIR $KAREZ_JOB_DIR $KAREZ_PARAMETERS";
    TestRun run = TestRun.of(directory, shell.link(), List.of(List.of("true"), TestRun.sh(print)));
    Path link = Files.createSymbolicLink(directory.resolve("link"), run.run().path());
    contain(run, image("c.sif"), link);
    fake("apptainer");
    assertThat(end(run, run.wrapper(1)).code()).isZero();
    assertThat(run.text(1, "stdout.txt"))
        .isEqualTo("%1$s %1$s/group_1 %1$s/group_1/parameters.json\n".formatted(link));
    assertThat(calls().getFirst()).containsSequence("--bind", link + ":" + link);
  }

  private Container image(String name) throws IOException {
    Path file = directory.resolve(name);
    Files.writeString(file, "not really\n");
    return new Container(Engine.APPTAINER, file.toString(), false, List.of(), Optional.empty());
  }

  private static Container client(String engine) {
    return new Container(
        Engine.of(engine).orElseThrow(), "img:1", false, List.of("OWN"), Optional.empty());
  }

  private Path script(String name, String text) throws IOException {
    Path image = directory.resolve(name);
    Files.createDirectories(image.resolve(".singularity.d"));
    Files.writeString(image.resolve(".singularity.d/runscript"), text);
    return image;
  }

  private static void contain(TestRun run, Container container) throws IOException {
    contain(run, container, run.run().path());
  }

  private static void contain(TestRun run, Container container, Path place) throws IOException {
    String script =
        ContainerScriptTest.script(container, place.toString(), run.work().toString(), List.of());
    Files.writeString(
        place.resolve(ContainerScript.FILE), script.replace("/bin/sh", run.shell().toString()));
  }

  /// Notes its words and runs what follows the image, as a container would: not below its client.
  private void fake(String engine) throws IOException {
    Path bin = Files.createDirectories(directory.resolve("bin"));
    String script =
        """
        #!/bin/bash
        { printf '%%s\\0' %1$s "$@"; printf '\\n'; } >>%2$s/calls
        case $1 in
          --version) cat %2$s/%1$s.version 2>/dev/null || echo '%1$s version 1'; exit ;;
          info) [ ! -e %2$s/%1$s.down ] || { echo Cannot connect >&2; exit 1; }; exit ;;
          inspect) cat %2$s/drops/.singularity.d/runscript; exit ;;
          rm) kill -KILL $(cat %2$s/container.pid); exit ;;
        esac
        shift
        pidfile=/dev/null
        while :; do
          case $1 in
            %3$s) shift ;;
            --pidfile) pidfile=$2; shift 2 ;;
            -*) shift 2 ;;
            *) break ;;
          esac
        done
        shift
        [ %1$s = podman ] || exec "$@"
        trap '' TERM
        exec 3<&0
        env --default-signal=TERM setsid "$@" <&3 3<&- &
        echo $! >%2$s/container.pid
        echo $! >"$pidfile"
        wait $!
        """
            .formatted(engine, directory, FLAGS);
    Path file = Files.writeString(bin.resolve(engine), script);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  /// Those that are noted whole.
  private List<List<String>> calls() {
    try {
      Path file = directory.resolve("calls");
      String calls = Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
      return Stream.of(calls.substring(0, calls.lastIndexOf("\0\n") + 1).split("\0\n"))
          .filter(call -> !call.isEmpty())
          .map(call -> List.of(call.split("\0")))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TestRun.Ended end(TestRun run, ProcessBuilder script)
      throws IOException, InterruptedException {
    return run.end(start(script));
  }

  /// Only the fakes are on PATH, and what is no engine.
  private Process start(ProcessBuilder script) throws IOException {
    Map<String, String> environment = script.environment();
    environment.put("PATH", directory.resolve("bin") + ":" + TOOLS);
    return script.start();
  }

  private static String stderr(TestRun run, int job) throws IOException {
    Path file = run.directory(job).resolve("stderr.txt");
    return Files.exists(file) ? Files.readString(file) : "";
  }

  /// Links to what the scripts use of a system. Not in the directory of the test, as in {@link
  /// Shells#link}.
  private static Path tools() {
    try {
      Path tools = Files.createTempDirectory("karez-tools");
      tools.toFile().deleteOnExit();
      for (String name :
          ("bash cat date env head id ls mkdir mv printf readlink rm sed setsid sh sleep tail tr"
                  + " true uname wc")
              .split(" ")) {
        Path link = tools.resolve(name);
        Files.createSymbolicLink(link, Path.of("/usr/bin", name));
        link.toFile().deleteOnExit();
      }
      return tools;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
