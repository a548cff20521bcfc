package io.karez.store;

import io.karez.text.Json;
import io.karez.text.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What Karez did to a run or saw of it; everything that changes after `run.json` is one of these.
public sealed interface Event {

  /// By the clock of the machine that wrote it; never used to order the events of different hosts.
  Instant at();

  /// Adds what it means for the run.
  void addTo(RunHistory.Fold history);

  /// The submit command is about to be run. Without a later {@link Submitted} or {@link Refused} of
  /// the same number nobody knows whether the scheduler has the jobs.
  ///
  /// @param submission from 1
  /// @param token travels with the jobs, so that they can be found again
  record Submitting(Instant at, int submission, String token) implements Event {
    @Override
    public void addTo(RunHistory.Fold history) {
      history.add(this);
    }
  }

  /// @param nativeId the scheduler's own, of the submission as a whole
  record Submitted(Instant at, int submission, String nativeId, Optional<String> warning)
      implements Event {
    @Override
    public void addTo(RunHistory.Fold history) {
      history.add(this);
    }
  }

  /// The scheduler is known to have refused it: none of its jobs will run.
  record Refused(Instant at, int submission, String text) implements Event {
    @Override
    public void addTo(RunHistory.Fold history) {
      history.add(this);
    }
  }

  /// The scheduler took no more for now: none of its jobs is submitted, until it is tried again.
  record Deferred(Instant at, int submission, String text) implements Event {
    @Override
    public void addTo(RunHistory.Fold history) {
      history.add(this);
    }
  }

  /// Jobs were added, whose lines are all there.
  ///
  /// @param jobs how many the run has from now on
  record Extended(Instant at, int jobs) implements Event {
    @Override
    public void addTo(RunHistory.Fold history) {
      history.add(this);
    }
  }

  /// @param submissions those up to this number are meant
  /// @param jobs their indices; empty for all
  /// @param among how many jobs the run had then: those that were added later are not meant; empty
  ///   in events of versions that did not say so
  record CancelRequested(Instant at, int submissions, List<Integer> jobs, Optional<Integer> among)
      implements Event {

    boolean means(int job, int submission) {
      return submissions >= submission
          && among.filter(count -> job >= count).isEmpty()
          && (jobs.isEmpty() || jobs.contains(job));
    }

    @Override
    public void addTo(RunHistory.Fold history) {
      history.add(this);
    }
  }

  /// The scheduler has said how jobs ended.
  record Ended(Instant at, List<Ending> endings) implements Event {
    public Ended {
      endings = List.copyOf(endings);
    }

    @Override
    public void addTo(RunHistory.Fold history) {
      history.add(this);
    }
  }

  /// Every job had come to its end, as far as the submissions up to this one go.
  ///
  /// @param counts how many jobs in which state
  /// @param lost the jobs whose end nobody knows: late evidence may still correct it
  /// @param started when the first of them started
  /// @param ended when the last of them ended
  /// @param progress as its jobs had said by then; they say no more
  record Settled(
      Instant at,
      int submissions,
      Map<String, Integer> counts,
      List<Integer> lost,
      Optional<Instant> started,
      Optional<Instant> ended,
      Optional<Progress> progress)
      implements Event {

    public Settled {
      counts = Map.copyOf(counts);
      lost = List.copyOf(lost);
    }

    /// Whether it covers more than another, or knows the end of more jobs.
    boolean isSurerThan(Settled other) {
      if (submissions != other.submissions) {
        return submissions > other.submissions;
      }
      if (jobs() != other.jobs()) {
        return jobs() > other.jobs();
      }
      if (lost.size() != other.lost.size()) {
        return lost.size() < other.lost.size();
      }
      return at.isAfter(other.at);
    }

    /// How many jobs it is about.
    public int jobs() {
      int jobs = 0;
      for (int count : counts.values()) {
        jobs += count;
      }
      return jobs;
    }

    @Override
    public void addTo(RunHistory.Fold history) {
      history.add(this);
    }
  }

  /// The tags from now on.
  record Tagged(Instant at, List<String> tags) implements Event {
    @Override
    public void addTo(RunHistory.Fold history) {
      history.add(this);
    }
  }

  /// The description from now on.
  record Described(Instant at, String description) implements Event {
    @Override
    public void addTo(RunHistory.Fold history) {
      history.add(this);
    }
  }

  /// Its comment was changed.
  record Commented(Instant at) implements Event {
    @Override
    public void addTo(RunHistory.Fold history) {}
  }

  /// One line of JSON, without its newline.
  static String write(Event event) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("event", event.getClass().getSimpleName());
    line.put("at", event.at().toString());
    switch (event) {
      case Submitting e -> {
        line.put("submission", e.submission());
        line.put("token", e.token());
      }
      case Submitted e -> {
        line.put("submission", e.submission());
        line.put("native_id", e.nativeId());
        e.warning().ifPresent(text -> line.put("warning", text));
      }
      case Refused e -> {
        line.put("submission", e.submission());
        line.put("text", e.text());
      }
      case Deferred e -> {
        line.put("submission", e.submission());
        line.put("text", e.text());
      }
      case Extended e -> line.put("jobs", e.jobs());
      case CancelRequested e -> {
        line.put("submissions", e.submissions());
        line.put("jobs", e.jobs());
        e.among().ifPresent(count -> line.put("among", count));
      }
      case Ended e -> line.put("endings", e.endings().stream().map(Ending::fields).toList());
      case Settled e -> {
        line.put("submissions", e.submissions());
        line.put("counts", new TreeMap<>(e.counts()));
        line.put("lost", e.lost());
        e.started().ifPresent(at -> line.put("started", at.toString()));
        e.ended().ifPresent(at -> line.put("ended", at.toString()));
        e.progress().ifPresent(p -> line.put("progress", p.percent()));
      }
      case Tagged e -> line.put("tags", e.tags());
      case Described e -> line.put("description", e.description());
      case Commented e -> {}
    }
    return Json.write(line);
  }

  /// Empty when the line is none of ours, whole, or of a later version.
  static Optional<Event> read(String text) {
    try {
      return JsonObject.ofLine(text).flatMap(Event::of);
    } catch (JsonObject.MalformedException
        | DateTimeException
        | ArithmeticException
        | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Event> of(JsonObject line) {
    Instant at = line.instant("at");
    return switch (line.string("event")) {
      case "Submitting" ->
          Optional.of(new Submitting(at, line.integer("submission"), line.string("token")));
      case "Submitted" ->
          Optional.of(
              new Submitted(
                  at,
                  line.integer("submission"),
                  line.string("native_id"),
                  line.optionalString("warning")));
      case "Refused" ->
          Optional.of(new Refused(at, line.integer("submission"), line.string("text")));
      case "Deferred" ->
          Optional.of(new Deferred(at, line.integer("submission"), line.string("text")));
      case "Extended" -> Optional.of(new Extended(at, line.integer("jobs")));
      case "CancelRequested" ->
          Optional.of(
              new CancelRequested(
                  at,
                  line.integer("submissions"),
                  line.integers("jobs"),
                  line.optionalNumber("among").map(Math::toIntExact)));
      case "Ended" ->
          Optional.of(new Ended(at, line.objects("endings").stream().map(Ending::read).toList()));
      case "Settled" ->
          Optional.of(
              new Settled(
                  at,
                  line.integer("submissions"),
                  counts(line),
                  line.integers("lost"),
                  line.optionalInstant("started"),
                  line.optionalInstant("ended"),
                  line.optionalDecimal("progress").map(Progress::new)));
      case "Tagged" -> Optional.of(new Tagged(at, line.strings("tags")));
      case "Described" -> Optional.of(new Described(at, line.string("description")));
      case "Commented" -> Optional.of(new Commented(at));
      default -> Optional.empty();
    };
  }

  private static Map<String, Integer> counts(JsonObject line) {
    JsonObject object = line.optionalObject("counts").orElse(new JsonObject(Map.of()));
    Map<String, Integer> counts = new LinkedHashMap<>();
    object.fields().keySet().forEach(state -> counts.put(state, object.integer(state)));
    return counts;
  }
}
