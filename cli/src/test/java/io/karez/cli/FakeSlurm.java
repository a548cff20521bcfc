package io.karez.cli;

import io.karez.store.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Programs with the names of Slurm's that stand on PATH before all others. `sbatch` runs the tasks
/// one after the other before it returns; the others say what they are told to.
///
/// @param place where the programs lie
record FakeSlurm(Karez karez, Path place) {
  private static final String SBATCH =
      """
      last=$(sed -n 's/^#SBATCH --array=0-\\([0-9]*\\).*/\\1/p' "$2")
      if [ -z "$last" ]; then
        SLURM_JOB_ID=7 bash "$2" >/dev/null 2>&1
      else
        for task in $(seq 0 "$last"); do
          SLURM_ARRAY_JOB_ID=7 SLURM_ARRAY_TASK_ID=$task SLURM_JOB_ID=$((7 + task)) bash "$2" >/dev/null 2>&1
        done
      fi
      echo 7
      """;

  static FakeSlurm in(Karez karez, Path place) throws IOException {
    FakeSlurm slurm = new FakeSlurm(karez, Files.createDirectories(place.resolve("slurm")));
    slurm.say("sbatch", SBATCH);
    slurm.say("squeue", "true");
    slurm.say("scontrol", "exit 1");
    slurm.say("sacct", "true");
    return slurm;
  }

  /// What a program does from now on; its words are kept.
  ///
  /// @param script of `sh`
  void say(String program, String script) throws IOException {
    AtomicFile.write(
        place.resolve(program),
        "#!/bin/sh\necho \"%s $*\" >>'%s/words'\n%s\n".formatted(program, place, script),
        PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /// The words of a program's calls since the last time this was asked.
  List<String> words(String program) throws IOException {
    Path file = place.resolve("words");
    List<String> all = Files.exists(file) ? Files.readAllLines(file) : List.of();
    Files.deleteIfExists(file);
    return all.stream().filter(line -> line.startsWith(program + " ")).toList();
  }

  Karez.Said run(String... words) throws IOException, InterruptedException {
    Path files = Files.createTempDirectory(place, "call");
    Process process = start(files, words);
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException("`karez " + String.join(" ", words) + "` has not ended");
    }
    return new Karez.Said(
        process.exitValue(),
        Files.readString(files.resolve("stdout")),
        Files.readString(files.resolve("stderr")));
  }

  /// A command that goes on.
  Process start(String... words) throws IOException {
    return start(Files.createTempDirectory(place, "call"), words);
  }

  private Process start(Path files, String... words) throws IOException {
    ProcessBuilder builder = Karez.start(karez.root(), files, words);
    builder.environment().put("PATH", place + ":" + System.getenv("PATH"));
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }
}
