package io.karez.track;

import io.karez.site.RunLink;
import io.karez.store.SubmissionFiles;
import io.karez.transport.TransportException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What is left in a run for its wrappers to see: which jobs are not to start.
record Marks(RunLink link) {
  private static final String CLAIMS = "claims/";

  /// Keeps the jobs of submissions that nobody has taken from starting.
  void cancelSubmissions(List<Integer> submissions) throws TransportException {
    link.mark(submissions.stream().map("submissions/%d/cancel"::formatted).toList());
  }

  /// Says that jobs are to end; those that nobody has taken yet never start.
  void cancel(List<TrackedJob> jobs) throws TransportException {
    List<String> marks = new ArrayList<>();
    for (TrackedJob job : jobs) {
      marks.add(claim(job) + ".cancel");
      marks.add(claim(job));
    }
    Set<String> made = link.mark(marks);
    link.mark(
        jobs.stream()
            .map(Marks::claim)
            .filter(made::contains)
            .map(claim -> claim + SubmissionFiles.WITHDRAWN)
            .toList());
  }

  /// Says that a further attempt of each job takes the place of this one: a scheduler that starts
  /// this one again finds that it is over.
  void end(List<TrackedJob> jobs) throws TransportException {
    link.mark(jobs.stream().map(job -> claim(job) + ".over").toList());
  }

  /// Takes the claims of jobs, so that no late copy of this attempt can start.
  ///
  /// @return the jobs that somebody had taken before
  List<TrackedJob> supersede(List<TrackedJob> jobs) throws TransportException {
    Set<String> made = link.mark(jobs.stream().map(Marks::claim).toList());
    return jobs.stream().filter(job -> !made.contains(claim(job))).toList();
  }

  private static String claim(TrackedJob job) {
    return CLAIMS + job.index() + "." + job.attempt();
  }
}
