package io.karez.submit;

import io.karez.scheduler.Dialect;
import io.karez.scheduler.NativeId;
import io.karez.scheduler.SubmitReply;
import io.karez.scheduler.TokenQuery;
import io.karez.site.RunLink;
import io.karez.store.Event;
import io.karez.store.EventLog;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunHistory;
import io.karez.store.SubmissionFiles;
import io.karez.submit.SubmitNote.State;
import io.karez.transport.Completed;
import io.karez.transport.TransportException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds out what became of submissions whose submit command was begun and whose answer nobody has
/// seen, and records it.
public record Recovery(Dialect dialect, InstantSource clock) {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /// A submit command that has not answered by then is left to itself.
  private static final int LOOKS = 30;

  /// Whoever has just submitted is not kept any longer by a scheduler that hangs.
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private static final Duration SHORT = Duration.ofSeconds(15);

  private static final Duration PAUSE = Duration.ofSeconds(1);

  /// @param found the numbers of submissions whose jobs the scheduler has
  /// @param missing those it does not know; their jobs may be submitted again, and should a copy
  ///   turn up later, the claim keeps it from running
  /// @param unknown why nobody can tell, for the others
  public record Outcome(List<Integer> found, List<Integer> missing, List<String> unknown) {}

  public Outcome of(RunLink link, RunDocument document) {
    RunDirectory run = link.run();
    EventLog log = new EventLog(run);
    Outcome outcome = new Outcome(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    if (dialect.searches().isEmpty()) {
      return outcome;
    }
    for (RunHistory.Submission submission : RunHistory.of(log.read()).submissions().values()) {
      if (submission.nativeId().isPresent() || submission.refusal().isPresent()) {
        continue;
      }
      int number = submission.number();
      switch (reply(link, document, submission, LIMIT)) {
        case TokenQuery.Reply.Found found -> {
          log.append(submitted(number, found.id()));
          outcome.found().add(number);
        }
        case TokenQuery.Reply.NotFound none -> {
          log.append(
              new Event.Deferred(
                  clock.instant(),
                  number,
                  "`%s` does not know its token".formatted(dialect.name())));
          outcome.missing().add(number);
        }
        case TokenQuery.Reply.Silent silent -> outcome.unknown().add(silent.why());
      }
    }
    return outcome;
  }

  /// Looks for a submission right after the answer to it was lost, and waits a little for a submit
  /// command that is still at work, and for a scheduler that does not answer.
  ///
  /// @return the scheduler's name for it, which is recorded; empty when it was not found
  public Optional<NativeId> find(RunLink link, RunDocument document, int submission)
      throws InterruptedException {
    EventLog log = new EventLog(link.run());
    RunHistory.@Nullable Submission lost = RunHistory.of(log.read()).submissions().get(submission);
    if (lost == null || dialect.searches().isEmpty()) {
      return Optional.empty();
    }
    Instant until = clock.instant().plus(LONGEST);
    TokenQuery.Reply reply = reply(link, document, lost, SHORT);
    for (int looks = 1;
        looks < LOOKS
            && reply instanceof TokenQuery.Reply.Silent
            && clock.instant().isBefore(until);
        looks++) {
      Thread.sleep(PAUSE);
      reply = reply(link, document, lost, SHORT);
    }
    if (reply instanceof TokenQuery.Reply.Found found) {
      log.append(submitted(submission, found.id()));
      return Optional.of(found.id());
    }
    return Optional.empty();
  }

  private TokenQuery.Reply reply(
      RunLink link, RunDocument document, RunHistory.Submission submission, Duration limit) {
    RunDirectory original = link.original();
    SubmitNote note = SubmitNote.of(original, submission.number(), submission.begun());
    State state = state(link, note, limit);
    if (state instanceof State.Answered(Completed answer)
        && dialect.readSubmit(answer) instanceof SubmitReply.Accepted accepted) {
      return new TokenQuery.Reply.Found(accepted.id());
    }
    TokenQuery.Reply reply = search(link, sought(original, document, submission), limit);
    if (!(reply instanceof TokenQuery.Reply.NotFound)) {
      return reply;
    }
    return switch (state) {
      case State.Running(String where) ->
          new TokenQuery.Reply.Silent("%s is still submitting them".formatted(where));
      case State.Elsewhere(String where) when isFresh(submission) ->
          new TokenQuery.Reply.Silent(
              "%s may still be submitting them, which cannot be seen from here".formatted(where));
      case State other -> reply;
    };
  }

  /// That nobody could ask for the note does not say that there is none.
  private static State state(RunLink link, SubmitNote note, Duration limit) {
    try {
      return SubmitNote.read(link.ask(note.question(), limit));
    } catch (TransportException e) {
      return new State.Elsewhere("the submit command");
    }
  }

  private boolean isFresh(RunHistory.Submission submission) {
    return clock.instant().isBefore(submission.begun().plus(Submitter.LIMIT));
  }

  private Event submitted(int submission, NativeId id) {
    return new Event.Submitted(clock.instant(), submission, id.text(), Optional.empty());
  }

  /// Under the name that the user has given its jobs, if any.
  private TokenQuery.Sought sought(
      RunDirectory run, RunDocument document, RunHistory.Submission submission) {
    return new TokenQuery.Sought(
        Submitter.token(document.uid(), submission.number()),
        new SubmissionFiles(run)
            .directives(submission.number()).orElse(document.directives()).stream()
                .filter(d -> dialect.canonical(d.key()).equals(Optional.of("name")))
                .flatMap(d -> d.value().stream())
                .findFirst()
                .orElse(NextSubmission.name(run, document.experiment())),
        run.submission(submission.number()).resolve("script.sh").toString(),
        submission.begun());
  }

  /// Known to one is known; unknown only when all have answered.
  private TokenQuery.Reply search(RunLink link, TokenQuery.Sought sought, Duration limit) {
    TokenQuery.Reply reply = new TokenQuery.Reply.NotFound();
    for (TokenQuery query : dialect.searches()) {
      TokenQuery.Reply next = ask(link, query, sought, limit);
      if (next instanceof TokenQuery.Reply.Found) {
        return next;
      }
      if (next instanceof TokenQuery.Reply.Silent) {
        reply = next;
      }
    }
    return reply;
  }

  private static TokenQuery.Reply ask(
      RunLink link, TokenQuery query, TokenQuery.Sought sought, Duration limit) {
    try {
      return query.read(sought, link.ask(query.ask(sought), limit));
    } catch (TransportException e) {
      return new TokenQuery.Reply.Silent(String.valueOf(e.getMessage()));
    }
  }
}
