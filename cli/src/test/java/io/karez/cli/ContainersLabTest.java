package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.text.JsonObject;
import io.karez.transport.Command;
import io.karez.transport.Completed;
import io.karez.transport.TransportException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Containers of real engines, started by an ordinary user, on this machine and through Slurm.
@Tag("lab")
class ContainersLabTest {
  @RegisterExtension static final SchedulerLab LAB = SchedulerLab.slurm("site").withContainers();

  private static final String SANDBOX = "/opt/images/busybox";
  private static final String CONVERTED = "/home/researcher/boxes/converted.sif";
  private static final String PODMAN = "podman:localhost/busybox:1";

  /// Shells, engines and Java would each change some of these if they could.
  private static final List<String> WORDS =
      List.of("a b", "", "-x", "--", "it's", "\"q\"", "$HOME", "`id`", "a\nb", "\\n", "*", "日本é");

  private static LabProject project;

  /// @param image as `--container` takes it
  record Place(String image, String runner) {
    boolean isApptainer() {
      return !image.startsWith("podman:");
    }
  }

  static Stream<Place> places() {
    return places(SANDBOX, SANDBOX + ".sif", CONVERTED, PODMAN);
  }

  static Stream<Place> bothEngines() {
    return places(SANDBOX, PODMAN);
  }

  /// A SIF has a helper process besides.
  static Stream<Place> withHelpers() {
    return places(SANDBOX + ".sif", PODMAN);
  }

  private static Stream<Place> places(String... images) {
    return Stream.of(images)
        .flatMap(image -> Stream.of(new Place(image, "local"), new Place(image, "slurm")));
  }

  @BeforeAll
  static void makeProject() throws Exception {
    project = LabProject.make(LAB, "boxes");
    LAB.ask("podman", "import", "-q", SANDBOX + ".tar", "localhost/busybox:1");
    if (hasApptainer()) {
      // Its script, which apptainer writes, hands the words on as docker does.
      project.shell(
          "podman save -q -o oci.tar localhost/busybox:1"
              + " && apptainer -q build converted.sif docker-archive:oci.tar");
    }
  }

  @ParameterizedTest
  @MethodSource("places")
  void wordsCodeInputAndFilesAreAsWithoutContainer(Place place) throws Exception {
    requireEngine(place);
    String script =
        "pwd; cat; id -u; for word; do printf '%s\\0' \"$word\"; done >\"$KAREZ_JOB_DIR/words\";"
            + " exit 7";
    List<String> command = new ArrayList<>(List.of("sh", "-c", script, "sh"));
    command.addAll(WORDS);
    long run = run(place, command);

    assertThat(project.states(run)).containsExactly("FAILED exit");
    assertThat(job(run).number("exit_code")).isEqualTo(7);
    Path made = directory(run).resolve("words");
    assertThat(Files.readAllBytes(made))
        .isEqualTo((String.join("\0", WORDS) + "\0").getBytes(StandardCharsets.UTF_8));
    assertThat(Files.getAttribute(made, "unix:uid"))
        .isEqualTo(Files.getAttribute(LAB.home(), "unix:uid"));
    assertThat(Files.readString(directory(run).resolve("stdout.txt")))
        .isEqualTo(project.directory() + "\n" + LAB.ask("id", "-u") + "\n");
  }

  @ParameterizedTest
  @MethodSource("bothEngines")
  void placesWithBlanksColonsAndCommasAreSeen(Place place) throws Exception {
    requireEngine(place);
    LabProject odd = LabProject.make(LAB, "a b:c,d\"e'f");
    LAB.write(odd.name() + "/d,a ta:1/x", "x\n");
    LAB.write(odd.name() + "/.karez/datasets/d.yaml", "name: d\npath: 'd,a ta:1'\n");
    LAB.write(
        odd.name() + "/show",
        "cat \"$KAREZ_DATASET_D/x\"; pwd; echo \"$SAID\"; shift; ls \"$1\"\n");
    LAB.write(
        odd.name() + "/.karez/experiments/e.yaml",
        """
        name: e
        executable: show
        executable_command: sh
        datasets: [d]
        environment: {set: {SAID: "it's: $x,\\ny"}}
        container: "%s"
        """
            .formatted(place.image()));
    String printed = odd.require("run", "-r", place.runner(), "--wait", "e");
    String run = odd.require("status", "--json").replaceAll("(?s).*?\"id\":(\\d+).*", "$1");
    String said = "x\n" + odd.directory() + "\nit's: $x,\ny\n";
    assertThat(odd.shell("cat results/e/run_" + run + "/stdout.txt")).startsWith(said);
    assertThat(printed).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("withHelpers")
  void aCancelLeavesNothingRunning(Place place) throws Exception {
    requireEngine(place);
    String mark = Integer.toString(6000 + place.hashCode() % 1000);
    List<String> scripts = new ArrayList<>(List.of("sleep %s & echo up; wait"));
    if (place.runner().equals("local") || !place.isApptainer()) {
      scripts.add("trap '' TERM; echo up; sleep %s; sleep %<s");
    }
    for (String script : scripts) {
      long run = start(place, List.of("sh", "-c", script.formatted(mark)));
      Path output = directory(run).resolve("stdout.txt");
      Lab.until("it is up", () -> Files.exists(output) && Files.size(output) > 0);
      project.require("cancel", Long.toString(run));
      project.karez("wait", Long.toString(run));
      assertThat(project.states(run)).containsExactly("CANCELLED user");
      Lab.until(
          "nothing is left of " + script,
          () ->
              LAB.run("pgrep", "-f", "sleep " + mark).exitCode() == 1
                  && LAB.ask("podman", "ps", "--all", "--quiet").isEmpty()
                  && LAB.run("pgrep", "squashfuse").exitCode() == 1);
    }
  }

  @ParameterizedTest
  @MethodSource("bothEngines")
  void thePeakOfMemoryIsTheProgramsOrNone(Place place) throws Exception {
    requireEngine(place);
    String script = "BEGIN { s = \"x\"; while (length(s) < 1e8) s = s s; exit 0 }";
    long run = run(place, List.of("awk", script));
    assertThat(project.states(run)).containsExactly("SUCCEEDED");
    if (place.isApptainer()) {
      assertThat(job(run).number("max_memory_bytes")).isBetween(130_000_000L, 400_000_000L);
    } else {
      assertThat(job(run).optionalNumber("max_memory_bytes")).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("bothEngines")
  void aSignalThatEndsTheProgramIsTold(Place place) throws Exception {
    requireEngine(place);
    long run = run(place, List.of("sh", "-c", "kill -s SEGV $$"));
    assertThat(project.states(run)).containsExactly("FAILED signal");
    assertThat(job(run).number("signal")).isEqualTo(11);
  }

  @ParameterizedTest
  @MethodSource("bothEngines")
  void withoutTheEngineNothingIsLaunchedAndWhySaysSo(Place place) throws Exception {
    String engine = place.isApptainer() ? "apptainer" : "podman";
    String bin = project.directory() + "/without-" + engine;
    project.shell(
        "mkdir -p %1$s && ln -sf /usr/bin/* /bin/* %1$s && rm -f %1$s/%2$s %1$s/singularity"
            .formatted(bin, engine));
    List<String> words =
        Karez.command(
            Path.of("/tmp"),
            "run",
            "-r",
            place.runner(),
            "--wait",
            "--container",
            place.image(),
            "--",
            "true");
    Completed completed =
        LAB.run(Command.of(words).in(Path.of(project.directory())).with(Map.of("PATH", bin)));
    assertThat(completed.exitCode()).as(completed.errorText()).isEqualTo(3);
    assertThat(project.require("why", "last"))
        .contains(
            place.isApptainer()
                ? "neither `apptainer` nor `singularity` was found on its node"
                : "`podman` was not found on its node")
        .contains("installed on lab");
    assertThat(project.require("status", "last", "--json")).contains("\"cause\":\"launch\"");
  }

  private static void requireEngine(Place place) throws TransportException {
    Assumptions.assumeTrue(!place.isApptainer() || hasApptainer(), "the lab is without apptainer");
  }

  private static boolean hasApptainer() throws TransportException {
    return LAB.run("which", "apptainer").succeeded();
  }

  /// Runs a command to its end.
  private static long run(Place place, List<String> command) throws Exception {
    long run = start(place, command);
    project.karez("wait", Long.toString(run));
    return run;
  }

  private static long start(Place place, List<String> command) throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of(
                "run",
                "-r",
                place.runner(),
                "--memory",
                "1G",
                "--detach",
                "--container",
                place.image(),
                "--"));
    words.addAll(command);
    return Long.parseLong(project.require(words.toArray(String[]::new)));
  }

  private static JsonObject job(long run) throws TransportException {
    return project.jobs(run).getFirst();
  }

  private static Path directory(long run) {
    return project.path().resolve("results/_/run_" + run);
  }
}
