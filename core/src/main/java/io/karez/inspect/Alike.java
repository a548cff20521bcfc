package io.karez.inspect;

import io.karez.define.Cause;
import io.karez.define.JobState;
import io.karez.track.TrackedJob;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Jobs that ended for the same reason.
///
/// @param jobs at least one, in the order of their indices
public record Alike(JobState state, Explanation explanation, List<TrackedJob> jobs) {

  private static final List<JobState> ORDER =
      List.of(JobState.FAILED, JobState.UNKNOWN, JobState.CANCELLED);

  private record Reason(JobState state, Explanation explanation) {}

  /// Of so many failed jobs the last words are read, which takes a second where files are slow.
  private static final int READ = 500;

  /// Words that differ more than this tell the jobs, not the reasons, apart.
  private static final int MANY = 10;

  private static final Pattern PATH = Pattern.compile("(?:[\\w.~-]*/)+[\\w.~-]*");
  private static final Pattern NUMBER =
      Pattern.compile("0x[0-9a-fA-F]+|[0-9]+(?:[.][0-9]+)?(?:[eE][+-]?[0-9]+)?");
  private static final int LONGEST = 200;

  /// All that have ended without success, also those of which the scheduler may still say more:
  /// those that failed first, then those whose end nobody knows, then those that were cancelled; of
  /// each the largest group first. Programs that ended alike are told apart by their last words,
  /// but for the numbers and paths in them.
  ///
  /// @param words the last line of a job's standard error; empty when there is none
  public static List<Alike> groups(
      List<TrackedJob> jobs, Explanation.Started started, Function<TrackedJob, String> words) {
    Map<Reason, List<TrackedJob>> byReason = new LinkedHashMap<>();
    for (TrackedJob job : jobs) {
      JobState state = job.verdict().state();
      boolean ended = job.verdict().settled() || state == JobState.FAILED;
      if (ended && state != JobState.SUCCEEDED) {
        Reason reason = new Reason(state, Explanation.of(job, started));
        byReason.computeIfAbsent(reason, ignored -> new ArrayList<>()).add(job);
      }
    }
    List<Alike> groups = new ArrayList<>();
    byReason.forEach((reason, alike) ->
        parts(alike, words)
            .forEach(part -> groups.add(new Alike(reason.state(), reason.explanation(), part))));
    groups.sort(
        Comparator.comparingInt((Alike group) -> ORDER.indexOf(group.state()))
            .thenComparingInt(group -> -group.jobs().size()));
    return List.copyOf(groups);
  }

  private static Collection<List<TrackedJob>> parts(
      List<TrackedJob> jobs, Function<TrackedJob, String> words) {
    Optional<Cause> cause = jobs.getFirst().verdict().cause();
    if (jobs.size() > READ || cause.filter(c -> c == Cause.EXIT || c == Cause.SIGNAL).isEmpty()) {
      return List.of(jobs);
    }
    Map<String, List<TrackedJob>> parts =
        jobs.stream()
            .collect(
                Collectors.groupingBy(
                    job -> bare(words.apply(job)), LinkedHashMap::new, Collectors.toList()));
    return parts.size() > MANY ? List.of(jobs) : parts.values();
  }

  /// Without what is likely to differ from job to job.
  static String bare(String line) {
    String text = PATH.matcher(line.strip()).replaceAll("/");
    String bare = NUMBER.matcher(text).replaceAll("0");
    return bare.substring(0, Math.min(LONGEST, bare.length()));
  }
}
