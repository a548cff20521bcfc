package io.karez.render;

import io.karez.scheduler.TaskArray;
import io.karez.text.ShellWords;
import java.util.List;
import java.util.Optional;

/// What starts a launch script that lies in its run.
public final class LaunchStart {
  /// Its name in the run.
  public static final String FILE = RunRequest.LAUNCH + "/start.sh";

  private LaunchStart() {}

  /// The words that start it: a run says where it lies only when its jobs run.
  ///
  /// @param script its name, for whoever reads the command
  public static List<String> command(String script) {
    return List.of("/bin/sh", "-c", ". \"$KAREZ_RUN_DIR/%s\"".formatted(FILE), script);
  }

  /// The text of {@link #FILE}.
  ///
  /// @param name of the script in {@link RunRequest#LAUNCH}
  /// @param otherwise what runs it when its first line does not say
  /// @param array the tasks it is run as; each job is given the index of its own
  public static String text(
      String name, String script, String otherwise, Optional<TaskArray> array) {
    StringBuilder text =
        new StringBuilder(
            "# Starts the launch script; its word is the index of the task, if any.\n");
    array.ifPresent(tasks ->
        text.append(
            """
            SLURM_ARRAY_TASK_ID=$1
            SLURM_ARRAY_TASK_COUNT=%d
            SLURM_ARRAY_TASK_MIN=%d
            SLURM_ARRAY_TASK_MAX=%d
            : "${SLURM_ARRAY_JOB_ID:=${SLURM_JOB_ID:-${KAREZ_RUN_DIR##*_}}}"
            export SLURM_ARRAY_TASK_ID SLURM_ARRAY_TASK_COUNT SLURM_ARRAY_TASK_MIN SLURM_ARRAY_TASK_MAX SLURM_ARRAY_JOB_ID
            """
                .formatted(tasks.indices().size(), tasks.least(), tasks.greatest())));
    text.append("exec ")
        .append(ShellWords.quoteAll(interpreter(script, otherwise)))
        .append(" \"$KAREZ_RUN_DIR\"/")
        .append(ShellWords.quote(RunRequest.LAUNCH + "/" + name))
        .append('\n');
    return text.toString();
  }

  /// The words of the first line, as the kernel takes them: a program, and one argument at most.
  private static List<String> interpreter(String script, String otherwise) {
    String first = script.lines().findFirst().orElse("");
    if (!first.startsWith("#!") || first.substring(2).isBlank()) {
      return List.of(otherwise);
    }
    return List.of(first.substring(2).strip().split("[ \t]+", 2));
  }
}
