package io.karez.scheduler;

import io.karez.text.ShellWords;
import java.nio.file.Path;
import java.util.List;

/// What the launch scripts of all batch systems have in common: below the directives, the
/// environment, the set-up lines and the wrapper.
final class BatchScript {
  /// The name of the wrapper in a run.
  static final String WRAPPER = "wrapper.sh";

  private BatchScript() {}

  /// Where the script of a submission lies.
  static String of(Path run, int submission) {
    return run.resolve("submissions").resolve(submission + "/script.sh").toString();
  }

  /// @param task the place of the job in the submission, from 0, as text for the shell
  /// @param nativeId the scheduler's name of the job, as text for the shell
  /// @param restart how many times the scheduler has started it before, as text for the shell
  /// @param requeue a signal, and the command that with the job's name puts it back into the queue
  ///   when it ends with failure after that signal; empty for never
  static String body(JobRequest job, String task, String nativeId, String restart, String requeue) {
    StringBuilder body = new StringBuilder();
    body.append(
        "\n# Karez, %s; uid %s, submission %d\n"
            .formatted(job.title(), job.uid(), job.submission()));
    body.append("kz_job() {\n  ")
        .append(
            ShellWords.quoteAll(
                List.of(
                    "exec",
                    "/bin/sh",
                    job.run().resolve(WRAPPER).toString(),
                    job.run().toString(),
                    Integer.toString(job.submission()))))
        .append(
            " \"%s\" \"%s\" \"%s\" %s \"$@\"\n}\n"
                .formatted(task, nativeId, restart, ShellWords.quote(requeue)));
    body.append("cd -- ")
        .append(ShellWords.quote(job.workingDirectory().toString()))
        .append(" || kz_job directory\n");
    job.environment()
        .forEach((name, value) ->
            body.append("export %s=%s\n".formatted(name, ShellWords.quote(value))));
    if (!job.setup().isEmpty()) {
      // A set-up line may end the script by itself.
      body.append("trap 'kz_job setup' EXIT\n");
      for (String line : job.setup()) {
        // On a line of its own, because the user's may end in a comment.
        body.append(line).append("\n[ $? -eq 0 ] || exit 125\n");
      }
      body.append("trap - EXIT\n");
    }
    return body.append("kz_job\n").toString();
  }
}
