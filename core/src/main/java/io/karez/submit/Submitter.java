package io.karez.submit;

import io.karez.scheduler.Dialect;
import io.karez.scheduler.SubmitReply;
import io.karez.site.RunLink;
import io.karez.store.Event;
import io.karez.store.EventLog;
import io.karez.store.RunDirectory;
import io.karez.transport.Command;
import io.karez.transport.Completed;
import io.karez.transport.NotRunException;
import io.karez.transport.SshUnreachableException;
import io.karez.transport.TransportException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Hands a prepared submission to the scheduler, once. What is about to happen is recorded before
/// it happens.
public final class Submitter {
  static final Duration LIMIT = Duration.ofMinutes(10);

  private final Dialect dialect;
  private final InstantSource clock;

  public Submitter(Dialect dialect, InstantSource clock) {
    this.dialect = dialect;
    this.clock = clock;
  }

  /// What a submission can be found by, wherever the scheduler shows it.
  ///
  /// @param uid of the run
  public static String token(String uid, int submission) {
    return uid + "." + submission;
  }

  /// @param token travels with the jobs
  /// @param inheritInput whether the program reads what this process reads
  /// @return what the scheduler said; `Uncertain` also when the command could not be run to its end
  /// @throws SshUnreachableException when the site could not be reached; nothing was submitted
  /// @throws NotRunException when the run's files could not be put there; nothing was submitted
  public SubmitReply submit(RunLink link, int submission, String token, boolean inheritInput)
      throws SshUnreachableException, NotRunException {
    EventLog log = new EventLog(link.run());
    Instant begun = clock.instant();
    log.append(new Event.Submitting(begun, submission, token));
    SubmitReply reply =
        ask(link, submission, command(link.original(), submission, begun, inheritInput), log);
    switch (reply) {
      case SubmitReply.Accepted accepted ->
          log.append(
              new Event.Submitted(
                  clock.instant(), submission, accepted.id().text(), accepted.warning()));
      case SubmitReply.Refused refused ->
          log.append(new Event.Refused(clock.instant(), submission, refused.text()));
      case SubmitReply.Full full ->
          log.append(new Event.Deferred(clock.instant(), submission, full.text()));
      case SubmitReply.Uncertain uncertain -> {}
    }
    return reply;
  }

  private Command command(
      RunDirectory original, int submission, Instant begun, boolean inheritInput) {
    Command command = dialect.submit(original.path(), submission);
    if (!dialect.searches().isEmpty()) {
      return SubmitNote.of(original, submission, begun).around(command);
    }
    return inheritInput ? command.inheritingInput() : command;
  }

  private SubmitReply ask(RunLink link, int submission, Command command, EventLog log)
      throws SshUnreachableException, NotRunException {
    try {
      Completed reply = link.tell(command, LIMIT);
      Optional<String> notRun = SubmitNote.refusal(reply);
      if (notRun.isPresent()) {
        throw new NotRunException(
            "nothing was submitted: cannot write to `%s`:%n%s"
                .formatted(link.original().submission(submission), notRun.get().indent(2)));
      }
      return dialect.readSubmit(reply);
    } catch (SshUnreachableException | NotRunException e) {
      String why = String.valueOf(e.getMessage());
      log.append(new Event.Deferred(clock.instant(), submission, why));
      throw e;
    } catch (TransportException e) {
      return new SubmitReply.Uncertain(String.valueOf(e.getMessage()));
    }
  }
}
