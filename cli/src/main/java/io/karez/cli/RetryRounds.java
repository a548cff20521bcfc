package io.karez.cli;

import io.karez.define.Cause;
import io.karez.define.SubmitTemplate.Directive;
import io.karez.inspect.Runs;
import io.karez.inspect.Submitted;
import io.karez.launch.Delivery;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.Dialects;
import io.karez.scheduler.SubmitReply;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunHistory;
import io.karez.store.SubmissionFiles;
import io.karez.store.Task;
import io.karez.submit.Drip;
import io.karez.submit.Escalation;
import io.karez.text.InvalidInputException;
import io.karez.track.Retry;
import io.karez.track.Round;
import io.karez.track.TrackedJob;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Jobs that have ended, handed over once more as the policy of their run says.
record RetryRounds(Console console, Delivery delivery) {

  /// What a run's policy has come to.
  enum Outcome {
    /// Nothing is to be tried again, and nothing is open that might be.
    NOTHING,
    /// Jobs are handed over, or were before.
    HANDED_OVER,
    /// Somebody has to come back, because the scheduler did not take them.
    LATER
  }

  /// Hands over what the run's policy tries again. Whoever calls it has the lease.
  Outcome hand(RunDirectory run, RunDocument document, LaunchPatience patience) throws Exception {
    Dialect dialect = Dialects.named(document.runner());
    Runs.Detail detail = delivery.runs().detail(run);
    List<TrackedJob> jobs = detail.jobs();
    Set<Map.Entry<Integer, Integer>> inVain = refused(run, detail.view().history());
    Outcome all =
        jobs.stream().allMatch(job -> job.verdict().settled())
            ? Outcome.NOTHING
            : Outcome.HANDED_OVER;
    for (Round round : Round.of(document.conduct().retry(), jobs)) {
      round.attempts().entrySet().removeIf(inVain::contains);
      Optional<List<Directive>> directives = directives(run, document, dialect, round);
      if (round.attempts().isEmpty() || directives.isEmpty()) {
        continue;
      }
      Retry.supersede(
          delivery.reach().to(run, document), jobs, round.attempts(), dialect.isBatch());
      console
          .err()
          .println(
              "run %s: %s again, after cause %s%s"
                  .formatted(
                      run.id(),
                      Quantities.count(round.attempts().size(), "job"),
                      round.cause().word(),
                      more(run, document, dialect, round, directives.get())));
      Drip.Wanted wanted =
          new Drip.Wanted(
              round.attempts(),
              directives.get(),
              Optional.empty(),
              round.cause() == Cause.DEPENDENCY,
              false);
      Outcome one =
          switch (delivery
              .hand(run, document, wanted, delivery.most(run, document), patience)
              .state()) {
            case Drip.Outcome.State.Done done -> Outcome.HANDED_OVER;
            case Drip.Outcome.State.Stopped(SubmitReply.Refused refused) -> {
              new LaunchReport(console).stopped(run, document, refused, false);
              yield Outcome.NOTHING;
            }
            case Drip.Outcome.State.Stopped stopped -> Outcome.LATER;
            case Drip.Outcome.State.Waiting waiting -> Outcome.LATER;
            case Drip.Outcome.State.Abandoned(String why) -> {
              new LaunchReport(console).abandoned(run, why);
              yield Outcome.NOTHING;
            }
          };
      all = one.compareTo(all) > 0 ? one : all;
    }
    return all;
  }

  /// `, with memory 200M`, where that is not what the last attempt had.
  private static String more(
      RunDirectory run,
      RunDocument document,
      Dialect dialect,
      Round round,
      List<Directive> directives) {
    return dialect.isBatch()
        ? Submitted.of(dialect, directives)
            .besides(Submitted.of(run, document, round.submission()))
            .map(", with "::concat)
            .orElse("")
        : "";
  }

  /// The jobs and attempts that the scheduler has refused, which would be refused again.
  private static Set<Map.Entry<Integer, Integer>> refused(RunDirectory run, RunHistory history) {
    return history.submissions().keySet().stream()
        .filter(history::isRefused)
        .flatMap(submission -> Task.read(run, submission).stream())
        .map(task -> Map.entry(task.job(), task.attempt()))
        .collect(Collectors.toSet());
  }

  /// What is asked for now; empty when the policy asks for more of what nobody has asked for.
  private Optional<List<Directive>> directives(
      RunDirectory run, RunDocument document, Dialect dialect, Round round) {
    List<Directive> before =
        new SubmissionFiles(run).directives(round.submission()).orElse(document.directives());
    if (!dialect.isBatch()) {
      return Optional.of(before);
    }
    try {
      return Optional.of(
          Escalation.of(dialect, before, round.again().memory(), round.again().time()));
    } catch (InvalidInputException e) {
      e.problems().forEach(problem -> console.err().println("warning: " + problem.message()));
      return Optional.empty();
    }
  }
}
