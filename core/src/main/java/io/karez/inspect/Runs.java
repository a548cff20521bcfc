package io.karez.inspect;

import io.karez.define.JobState;
import io.karez.define.SitePlace;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.Dialects;
import io.karez.site.Links;
import io.karez.store.EventLog;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunHistory;
import io.karez.store.RunIndex;
import io.karez.store.RunSignature;
import io.karez.store.RunSummary;
import io.karez.text.InvalidInputException;
import io.karez.track.Moments;
import io.karez.track.RunTracker;
import io.karez.track.TrackedJob;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Reads runs back.
public final class Runs {
  private final Links links;
  private final InstantSource clock;
  private final BiConsumer<String, String> silence;

  public Runs(Links links, InstantSource clock) {
    this(links, clock, (scheduler, why) -> {});
  }

  /// @param silence told the name of a batch system or site that does not answer, and why; perhaps
  ///   often
  public Runs(Links links, InstantSource clock, BiConsumer<String, String> silence) {
    this.links = links;
    this.clock = clock;
    this.silence = silence;
  }

  /// What can be said of a run in a line.
  public sealed interface Line {
    Comparator<Line> LIVELY_AND_NEW_FIRST =
        (one, other) ->
            one.settled() == other.settled()
                ? other.directory().id().compareTo(one.directory().id())
                : Boolean.compare(one.settled(), other.settled());

    RunDirectory directory();

    /// Whether nothing more is expected of it.
    boolean settled();

    record Whole(RunSummary summary) implements Line {
      @Override
      public RunDirectory directory() {
        return summary.directory();
      }

      @Override
      public boolean settled() {
        return summary.settled();
      }
    }

    /// It cannot be understood; that spoils no other run.
    ///
    /// @param problem lower case, no full stop
    record Broken(RunDirectory directory, String problem) implements Line {
      public static Broken of(RunDirectory directory, RuntimeException e) {
        boolean isExplained =
            e instanceof InvalidInputException || e instanceof UncheckedIOException;
        return new Broken(
            directory,
            isExplained
                ? String.valueOf(e.getMessage())
                : "`%s` cannot be understood: %s".formatted(directory.path(), e));
      }

      @Override
      public boolean settled() {
        return true;
      }
    }
  }

  /// A line for each run, in the given order. Ended runs that are known to the index are not read;
  /// several are looked at a time, since on a network file system most of the time is waiting.
  ///
  /// @param index where summaries of ended runs are kept; nothing is looked up when there is none
  public List<Line> lines(List<RunDirectory> runs, Optional<RunIndex> index) {
    Map<Path, RunIndex.Row> known = index.map(RunIndex::rows).orElse(Map.of());
    List<RunIndex.Row> found = Collections.synchronizedList(new ArrayList<>());
    List<Line> lines =
        Concurrently.map(
            runs,
            run -> {
              RunIndex.@Nullable Row row = known.get(run.path());
              String signature = index.isPresent() ? RunSignature.of(run) : "";
              if (row != null && row.signature().equals(signature)) {
                return new Line.Whole(row.summary());
              }
              Line line = line(run);
              if (line instanceof Line.Whole(RunSummary summary)
                  && summary.settled()
                  && !summary.counts().containsKey(JobState.UNKNOWN)) {
                found.add(new RunIndex.Row(signature, summary));
              }
              return line;
            });
    if (!found.isEmpty()) {
      index.ifPresent(i -> i.put(found));
    }
    return lines;
  }

  private Line line(RunDirectory run) {
    try {
      return new Line.Whole(view(run).summary());
    } catch (RuntimeException e) {
      return Line.Broken.of(run, e);
    }
  }

  /// A run and each of its jobs.
  public record Detail(RunView view, List<TrackedJob> jobs) {}

  /// How a run stands. One that is known to have ended is not looked into again, unless the end of
  /// some job is not known: late evidence may have come.
  ///
  /// @throws io.karez.text.InvalidInputException when its `run.json` cannot be understood
  public RunView view(RunDirectory run) {
    RunHistory history = RunHistory.of(new EventLog(run).read());
    if (history.settled().filter(s -> s.lost().isEmpty()).isEmpty()) {
      return unended(run, history).view();
    }
    return history
        .settled()
        .map(s ->
            new RunView(run, RunDocument.read(run), history, Counts.of(s), s.started(), s.ended()))
        .orElseThrow();
  }

  /// How a run and its jobs stand; that it has ended is recorded on the way.
  public Detail detail(RunDirectory run) {
    RunDocument document = RunDocument.read(run);
    RunTracker tracker = tracker(run, document);
    return detail(run, document, tracker, tracker.history());
  }

  /// As {@link #detail}, of a run that has not ended by its history, which was read just now.
  public Detail unended(RunDirectory run, RunHistory history) {
    RunDocument document = RunDocument.read(run);
    return detail(run, document, tracker(run, document), history);
  }

  private static Detail detail(
      RunDirectory run, RunDocument document, RunTracker tracker, RunHistory history) {
    List<TrackedJob> jobs = tracker.look(history);
    tracker.settle(history, jobs);
    return new Detail(view(run, document, history, jobs), jobs);
  }

  public RunTracker tracker(RunDirectory run, RunDocument document) {
    Dialect dialect = Dialects.named(document.runner());
    return new RunTracker(
        links.to(run, document),
        document,
        dialect,
        clock,
        dialect.patience(),
        why -> {
          if (dialect.isBatch() || document.site().isPresent()) {
            silence.accept(document.site().map(SitePlace::site).orElse(dialect.name()), why);
          }
        });
  }

  static RunView view(
      RunDirectory run, RunDocument document, RunHistory history, List<TrackedJob> jobs) {
    Counts counts = Counts.of(jobs);
    boolean settled = counts.settled() == counts.jobs();
    return new RunView(
        run,
        document,
        history,
        counts,
        Moments.started(jobs),
        settled ? Moments.ended(jobs) : Optional.empty());
  }
}
