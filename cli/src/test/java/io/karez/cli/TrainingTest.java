package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final Path TRAINING = Path.of("src/main/aot/training").toAbsolutePath();

  /// Where the stand-in for `ssh` looks besides.
  private static final String SERVERS =
      ":/usr/lib/openssh:/usr/libexec/openssh:/usr/lib/ssh:/usr/lib:/usr/libexec";

  @TempDir Path project;
  @TempDir Path home;

  @Test
  void everyTrainingCommandSucceedsThatHasItsTools() throws Exception {
    String path = System.getenv("PATH");
    boolean copies = isThere("sftp-server", path + SERVERS) && isThere("rsync", path);
    List<String> lines =
        Files.readAllLines(TRAINING).stream()
            .filter(line -> copies || !line.startsWith("- "))
            .map(line -> line.startsWith("- ") ? line.substring(2) : line)
            .toList();

    assertThat(train(Files.write(home.resolve("training"), lines))).isEqualTo("exit 0\n");
  }

  @Test
  void theStandInForSshEndsInEveryShell() throws Exception {
    for (String shell : List.of("sh", "bash", "dash")) {
      if (isThere(shell, System.getenv("PATH"))) {
        assertThat(standIn(shell, "-V")).as(shell).startsWith("0 OpenSSH_");
        assertThat(standIn(shell, "nowhere", "true")).as(shell).isEqualTo("255 ");
        assertThat(standIn(shell, "-T", "far", "echo here")).as(shell).isEqualTo("0 here\n");
      }
    }
  }

  private static boolean isThere(String program, String path) {
    return Arrays.stream(path.split(":"))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  /// Its exit code, and all it said.
  private String standIn(String shell, String... words) throws Exception {
    List<String> line = new ArrayList<>(List.of(shell, TRAINING.resolveSibling("bin/ssh") + ""));
    line.addAll(List.of(words));
    Path said = home.resolve("said");
    Process process =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    boolean ended = process.waitFor(1, TimeUnit.MINUTES);
    process.destroyForcibly();
    return (ended ? process.exitValue() : "never") + " " + Files.readString(said);
  }

  @Test
  void aFailingLineIsNamedUnlessItMayFailAndTheOthersStillRun() throws IOException {
    Path file =
        Files.writeString(home.resolve("commands"), "one 'a b'\n# remark\n\ntwo\n- two\nthree\n");
    List<List<String>> ran = new ArrayList<>();

    List<String> failures =
        Training.run(
            file,
            words -> {
              ran.add(words);
              return words.getFirst().equals("two") ? 2 : 0;
            });

    assertThat(failures).containsExactly("training: `two` exited 2");
    assertThat(ran)
        .containsExactly(List.of("one", "a b"), List.of("two"), List.of("two"), List.of("three"));
  }

  /// The failures it named, and its exit code. In a process of its own, since the commands work in
  /// the current directory.
  private String train(Path commands) throws IOException, InterruptedException {
    Path said = home.resolve("stderr");
    ProcessBuilder training =
        new ProcessBuilder(
                List.of(
                    JAVA.toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Training.class.getName(),
                    commands.toString()))
            .directory(project.toFile())
            .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(Redirect.DISCARD)
            .redirectError(said.toFile());
    training
        .environment()
        .putAll(
            Map.of(
                "HOME", home.toString(),
                "PATH", TRAINING.resolveSibling("bin") + ":" + System.getenv("PATH"),
                "XDG_CONFIG_HOME", home.resolve("config").toString(),
                "XDG_RUNTIME_DIR", home.resolve("runtime").toString(),
                "XDG_CACHE_HOME", home.resolve("cache").toString()));
    Process process = training.start();
    boolean ended = process.waitFor(2, TimeUnit.MINUTES);
    process.destroyForcibly();
    String failures =
        Files.readAllLines(said).stream()
            .filter(line -> line.matches("(training|error|hint|warning): .*"))
            .map(line -> line + "\n")
            .collect(Collectors.joining());
    return failures + "exit " + (ended ? process.exitValue() : "never") + "\n";
  }
}
