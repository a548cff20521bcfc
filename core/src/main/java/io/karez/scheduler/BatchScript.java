package io.karez.scheduler;

import io.karez.text.ShellWords;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What the launch scripts of all batch systems have in common: below the directives, the
/// environment, the set-up lines and the wrapper.
public final class BatchScript {
  /// The name of the wrapper in a run.
  public static final String WRAPPER = "wrapper.sh";

  private static final String PACK = "pack.sh";

  private BatchScript() {}

  /// The scripts that it calls, by their names in the run.
  public static Map<String, String> others(JobRequest job) {
    return job.pack() > 1
        ? Map.of(WRAPPER, Scripts.wrapper(), PACK, Scripts.pack())
        : Map.of(WRAPPER, Scripts.wrapper());
  }

  /// Where the script of a submission lies.
  public static String of(Path run, int submission) {
    return run.resolve("submissions").resolve(submission + "/script.sh").toString();
  }

  /// What a script knows of its own job, as text for the shell.
  ///
  /// @param number its place among the submission's, from 0
  /// @param nativeId the scheduler's name of it
  /// @param restart how many times the scheduler has started it before
  /// @param requeue a signal, and the command that with the job's name puts it back into the queue
  ///   when it ends with failure after that signal; empty for never
  /// @param room how many cores it has on its machine
  /// @param cores how many it has asked for
  public record Own(
      String number, String nativeId, String restart, String requeue, String room, String cores) {}

  public static String body(JobRequest job, Own own) {
    StringBuilder body = new StringBuilder();
    body.append(
        "\n# Karez, %s; uid %s, submission %d\n"
            .formatted(job.title(), job.uid(), job.submission()));
    String run = job.run().toString();
    String submission = Integer.toString(job.submission());
    body.append("kz_job() {\n  exec /bin/sh ");
    if (job.pack() > 1) {
      body.append(ShellWords.quote(job.run().resolve(PACK).toString()))
          .append(" \"%s\" \"%s\" \"%s\" ".formatted(own.room(), own.cores(), own.number()))
          .append("%d %d ".formatted(job.pack(), job.tasks()))
          .append(ShellWords.quoteAll(List.of(run, submission)));
    } else {
      body.append(
              ShellWords.quoteAll(List.of(job.run().resolve(WRAPPER).toString(), run, submission)))
          .append(" \"%s\"".formatted(own.number()));
    }
    body.append(
        " \"%s\" \"%s\" %s \"$@\"\n}\n"
            .formatted(own.nativeId(), own.restart(), ShellWords.quote(own.requeue())));
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
