package io.karez.submit;

import io.karez.expand.ParameterSet;
import io.karez.render.Jobs;
import io.karez.render.RunRequest;
import io.karez.store.Event;
import io.karez.store.EventLog;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunFiles;
import io.karez.store.RunHistory;
import java.time.Instant;
import java.util.OptionalInt;

/// Adds jobs to a run, numbered on from those it has.
///
/// Their lines appear whole under the index of the first of them, which only one writer can take;
/// then an event makes them count. Lines that a killed writer has left without the event are made
/// to count by the next one, since nobody can tell whether that writer is not just slow.
public final class Extension {
  private Extension() {}

  /// @param first the index of the first job that was added
  /// @param end how many jobs the run has now
  /// @param adopted how many jobs were found that another writer had left
  public record Added(int first, int end, int adopted) {}

  /// @param request the run's own
  /// @throws io.karez.text.InvalidInputException when a parameter set cannot be run; nothing is
  ///   added
  public static Added add(
      RunDirectory run,
      RunDocument document,
      RunRequest request,
      Iterable<ParameterSet> sweep,
      Instant now) {
    EventLog log = new EventLog(run);
    int adopted = 0;
    while (true) {
      int jobs = RunHistory.of(log.read()).jobs(document);
      int found = RunFiles.countExtension(run, jobs);
      if (found > 0) {
        log.append(new Event.Extended(now, jobs + found));
        adopted += found;
        continue;
      }
      OptionalInt added = RunFiles.extend(run, jobs, new Jobs(request, run, sweep, jobs));
      if (added.isPresent()) {
        int end = jobs + added.getAsInt();
        log.append(new Event.Extended(now, end));
        return new Added(jobs, end, adopted);
      }
    }
  }
}
