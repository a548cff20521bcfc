package io.karez.scheduler;

import io.karez.text.ShellWords;
import java.util.ArrayList;
import java.util.List;

/// The launch script of a submission whose jobs a supervisor in `sh` hands out: the environment,
/// the set-up lines, and the supervisor.
public final class SupervisorScript {
  private SupervisorScript() {}

  /// `1 job`, `3 jobs`.
  public static String count(JobRequest job) {
    return job.tasks() == 1 ? "1 job" : job.tasks() + " jobs";
  }

  /// @param head remarks that say what it is, without the last line's end
  /// @param last shell lines that come after the user's own; empty for none
  /// @param supervisor the name of its script in the run
  /// @param words for the slots
  public static String of(
      JobRequest job, String head, String last, String supervisor, List<String> words) {
    StringBuilder script = new StringBuilder("#!/bin/sh\n").append(head).append('\n');
    script.append("# uid %s, submission %d\n".formatted(job.uid(), job.submission()));
    String end = ShellWords.quote(job.run() + "/submissions/" + job.submission() + "/ended");
    // Leaves a word where a supervisor would have left its own.
    script.append("kz_ended() { echo \"$1\" >%1$s.new && mv %1$s.new %1$s; }\n".formatted(end));
    script
        .append("cd -- ")
        .append(ShellWords.quote(job.workingDirectory().toString()))
        .append(" || { kz_ended directory; exit 125; }\n");
    job.environment()
        .forEach((name, value) ->
            script.append("export %s=%s\n".formatted(name, ShellWords.quote(value))));
    if (!job.setup().isEmpty()) {
      // A set-up line may end the script by itself.
      script.append("trap 'kz_ended setup' EXIT\n");
      for (String line : job.setup()) {
        // On a line of its own, because the user's may end in a comment.
        script.append(line).append("\n[ $? -eq 0 ] || exit 125\n");
      }
      script.append("trap - EXIT\n");
    }
    script.append(last);
    List<String> all =
        new ArrayList<>(
            List.of(
                "exec",
                "/bin/sh",
                job.run().resolve(supervisor).toString(),
                "supervise",
                job.run().toString(),
                Integer.toString(job.submission()),
                Integer.toString(job.slots())));
    all.addAll(words);
    return script.append(ShellWords.quoteAll(all)).append('\n').toString();
  }
}
