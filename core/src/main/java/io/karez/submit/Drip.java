package io.karez.submit;

import io.karez.scheduler.Dialect;
import io.karez.scheduler.SubmitReply;
import io.karez.store.EventLog;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunHistory;
import java.util.SortedMap;
import java.util.TreeMap;

/// Submits what no submission of a run carries yet, as much at a time as the scheduler takes.
///
/// It may be interrupted at any instant and gone on with by anybody: all it knows is in the run.
public final class Drip {
  private final RunDirectory run;
  private final RunDocument document;
  private final Dialect dialect;
  private final Submitter submitter;
  private final int most;

  /// @param most how many jobs one submission may carry
  public Drip(
      RunDirectory run, RunDocument document, Dialect dialect, Submitter submitter, int most) {
    this.run = run;
    this.document = document;
    this.dialect = dialect;
    this.submitter = submitter;
    this.most = most;
  }

  /// Whoever waits until there is room.
  public interface Patience {
    /// @param text what the scheduler said
    /// @param left how many jobs are not submitted
    /// @return whether to try again
    boolean isWorthWaiting(String text, int left) throws InterruptedException;

    /// @param submission its number
    /// @param left how many jobs are not submitted
    void submitted(int submission, int left);
  }

  /// @param size how many jobs to try first
  /// @return the last answer: `Accepted` when nothing is left
  public SubmitReply submit(SubmitReply before, int size, Patience patience)
      throws InterruptedException {
    SubmitReply reply = before;
    int next = size;
    while (true) {
      SortedMap<Integer, Integer> left = left();
      if (left.isEmpty()) {
        return reply;
      }
      SortedMap<Integer, Integer> some = new TreeMap<>();
      left.entrySet().stream()
          .limit(Math.clamp(next, 1, most))
          .forEach(job -> some.put(job.getKey(), job.getValue()));
      int submission = NextSubmission.prepare(run, document, dialect, some);
      reply = submit(submission);
      // Fewer may have room at once; only when hardly any have is it time to wait.
      while (some.size() <= LEAST
          && reply instanceof SubmitReply.Full full
          && patience.isWorthWaiting(full.text(), left.size())) {
        reply = submit(submission);
      }
      if (reply instanceof SubmitReply.Accepted) {
        patience.submitted(submission, left.size() - some.size());
        next = Math.min(most, next * 2);
      } else if (reply instanceof SubmitReply.Full && some.size() > LEAST) {
        next = some.size() / 2;
      } else {
        return reply;
      }
    }
  }

  private SubmitReply submit(int submission) {
    return submitter.submit(run, submission, Submitter.token(document.uid(), submission), false);
  }

  /// Fewer are not worth a submission of their own.
  private static final int LEAST = 50;

  private SortedMap<Integer, Integer> left() {
    return NextSubmission.unsubmitted(run, document, RunHistory.of(new EventLog(run).read()));
  }
}
