package io.karez.track;

import io.karez.scheduler.Local;
import io.karez.scheduler.NativeId;
import io.karez.scheduler.Sighting;
import io.karez.site.NearRun;
import io.karez.store.EventLog;
import io.karez.store.RunDirectory;
import io.karez.store.RunHistory;
import io.karez.store.SubmissionFiles;
import io.karez.transport.Transport;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether something is still at work on a run of which nothing but its submissions can be read.
public final class Supervisors {
  private Supervisors() {}

  /// What is seen of the submissions that have not said that they have ended: those of this machine
  /// are asked about; of one that a batch system has taken nobody can tell here.
  ///
  /// @throws UncheckedIOException when its events or submissions cannot be read
  public static List<Sighting> seen(RunDirectory run, Transport transport) {
    Local local = new Local();
    SubmissionFiles files = new SubmissionFiles(run);
    List<NativeId> ids = new ArrayList<>();
    for (RunHistory.Submission submission :
        RunHistory.of(new EventLog(run).read()).submissions().values()) {
      if (files.end(submission.number()).isEmpty() && submission.refusal().isEmpty()) {
        files
            .supervisors(submission.number())
            .or(submission::nativeId)
            .map(name -> local.idOf(name, 1, 0, Optional.empty()))
            .ifPresent(ids::add);
      }
    }
    return List.copyOf(
        new Questions(local.statusQueries(), new NearRun(run, transport)).ask(ids).values());
  }
}
