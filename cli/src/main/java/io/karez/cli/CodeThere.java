package io.karez.cli;

import io.karez.define.RunId;
import io.karez.define.SitePlace;
import io.karez.inspect.RunView;
import io.karez.inspect.Runs;
import io.karez.launch.SentCode;
import io.karez.launch.Snapshot;
import io.karez.launch.Transfers;
import io.karez.project.Project;
import io.karez.site.FarRun;
import io.karez.site.Reach;
import io.karez.store.EventLog;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunHistory;
import io.karez.store.RunStore;
import io.karez.text.InvalidInputException;
import io.karez.track.TrackedJob;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TimeZone;
import java.util.TreeSet;

/// The code that lies on a site, as far as this side knows without asking.
record CodeThere(Project project) {

  /// What to tell who starts jobs of a run where nothing is sent: which code they run, unless it is
  /// that of the run and that which lies here.
  Optional<String> note(RunDocument document) {
    SitePlace place = document.site().orElseThrow();
    if (Snapshot.isIn(document.workingDirectory(), place.results())) {
      return Optional.empty();
    }
    SentCode sent = new SentCode(project.results(), place.site());
    Optional<SentCode.Sending> last = sent.last();
    String upload = "`karez upload %s` sends yours".formatted(place.site());
    if (last.isEmpty()) {
      return Optional.of(
          "note: it is not known here when the code on `%s` was sent; %s"
              .formatted(place.site(), upload));
    }
    Optional<Boolean> differs = Transfers.differs(project, place.site());
    String when = Quantities.moment(last.get().at(), TimeZone.getDefault());
    String yours =
        differs
            .map(is -> is ? ", and differs from yours: " + upload : "")
            .orElse(", not all of it then, and may differ from yours: " + upload);
    if (!sent.changesSince(document.created()).isEmpty()) {
      return Optional.of(
          "note: the code on `%s` was sent at %s, after run %s was made%s"
              .formatted(place.site(), when, document.id(), yours));
    }
    return yours.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "note: the code on `%s` is that of run %s, sent at %s%s"
                .formatted(place.site(), document.id(), when, yours));
  }

  /// What to tell who has just changed the code there: runs with jobs that have not begun, as far
  /// as is known here, meet it.
  Optional<String> warning(Reach reach, String site) {
    NavigableSet<RunId> waiting = new TreeSet<>();
    Runs runs = new Runs(reach::copy, reach.clock());
    for (RunDirectory run : new RunStore(project.results()).list(Optional.empty())) {
      if (FarRun.isKnownCopy(run) && isWaiting(run, runs, site)) {
        waiting.add(run.id());
      }
    }
    return waiting.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "warning: jobs of %s that still wait on `%s` will meet what was sent now;"
                    .formatted(Sentences.runs(waiting), site)
                + " `run --snapshot` keeps a run's own");
  }

  private static boolean isWaiting(RunDirectory run, Runs runs, String site) {
    try {
      // Most runs have ended, and their events say so.
      RunHistory history = RunHistory.of(new EventLog(run).read());
      if (history.settled().isPresent()) {
        return false;
      }
      RunDocument document = RunDocument.read(run);
      return document.site().filter(place -> place.site().equals(site)).isPresent()
          && !Snapshot.isIn(document.workingDirectory(), document.site().get().results())
          && runs.unended(run, history).jobs().stream().anyMatch(CodeThere::hasNotBegun);
    } catch (InvalidInputException | UncheckedIOException e) {
      // Other commands say what is wrong with it.
      return false;
    }
  }

  private static boolean hasNotBegun(TrackedJob job) {
    return !job.verdict().settled() && job.record().flatMap(record -> record.start()).isEmpty();
  }

  /// What `show` says of code that was sent while the run was not over: `other code was sent to
  /// triton at 2026-01-31 09:05:00`.
  Optional<String> later(RunView run, TimeZone zone) {
    RunDocument document = run.document();
    Optional<SitePlace> place = document.site();
    if (place.isEmpty()
        || Snapshot.isIn(document.workingDirectory(), place.get().results())
        || !FarRun.isCopy(run.directory(), document)) {
      return Optional.empty();
    }
    Optional<Instant> end = run.ended();
    List<SentCode.Sending> meanwhile =
        new SentCode(project.results(), place.get().site())
            .changesSince(document.created()).stream()
                .filter(sending -> end.isEmpty() || sending.at().isBefore(end.get()))
                .toList();
    return meanwhile.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "other code was sent to `%s` at %s%s"
                .formatted(
                    place.get().site(),
                    Quantities.moment(meanwhile.getFirst().at(), zone),
                    meanwhile.size() == 1 ? "" : ", and later"));
  }
}
