package io.karez.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.testing.HostileWords;
import io.karez.text.ShellWords;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Arguments reach the program byte for byte, whatever the shell.
class ArgumentsTest {
  private static final int CASES = Integer.getInteger("karez.test.arguments", 300);

  /// Prints its own argument list as the kernel has it.
  private static final List<String> PRINT = List.of("/bin/sh", "-c", "cat /proc/$$/cmdline", "sh");

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void everyWordReachesTheProgramThroughTheLocalSupervisor(Shells shell) throws Exception {
    Random random = new Random(20261121);
    List<List<String>> commands = new ArrayList<>();
    for (int i = 0; i < CASES; i++) {
      commands.add(command(HostileWords.some(random)));
    }
    TestRun run = TestRun.of(directory, shell.link(), commands);

    assertThat(run.supervise(2)).isEqualTo(new TestRun.Ended(0, "", ""));

    for (int job = 0; job < commands.size(); job++) {
      assertThat(Files.readAllBytes(run.directory(job).resolve("stdout.txt")))
          .as("job %d", job)
          .isEqualTo(cmdline(commands.get(job)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void longRowsAreSoughtAndReachTheProgramWhole(Shells shell) throws Exception {
    Random random = new Random(7);
    List<List<String>> commands = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      commands.add(command(List.of(HostileWords.large(random), "", HostileWords.one(random))));
    }
    commands.add(command(List.of("'".repeat(ShellWords.MAX_WORD_BYTES / 7))));
    commands.add(command(List.of("x".repeat(ShellWords.MAX_WORD_BYTES))));
    TestRun run = TestRun.of(directory, shell.link(), commands);

    assertThat(run.supervise(2)).isEqualTo(new TestRun.Ended(0, "", ""));

    for (int job = 0; job < commands.size(); job++) {
      assertThat(Files.readAllBytes(run.directory(job).resolve("stdout.txt")))
          .as("job %d", job)
          .isEqualTo(cmdline(commands.get(job)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyWordReachesTheProgramThroughTheBatchWrapper(Shells shell) throws Exception {
    Random random = new Random(11);
    List<List<String>> commands = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      List<String> words = new ArrayList<>();
      for (int k = 0; k < 20; k++) {
        words.addAll(HostileWords.some(random));
      }
      commands.add(command(words));
    }
    TestRun run = TestRun.of(directory, shell.link(), commands);

    for (int job = 0; job < commands.size(); job++) {
      assertThat(run.wrap(job)).isEqualTo(new TestRun.Ended(0, "", ""));
      assertThat(Files.readAllBytes(run.directory(job).resolve("stdout.txt")))
          .as("job %d", job)
          .isEqualTo(cmdline(commands.get(job)));
    }
  }

  private static List<String> command(List<String> words) {
    List<String> command = new ArrayList<>(PRINT);
    command.addAll(words);
    return command;
  }

  private static byte[] cmdline(List<String> words) {
    return (String.join("\0", words) + "\0").getBytes(StandardCharsets.UTF_8);
  }
}
