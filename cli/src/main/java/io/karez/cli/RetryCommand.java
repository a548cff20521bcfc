package io.karez.cli;

import io.karez.define.Cause;
import io.karez.define.SubmitTemplate.Directive;
import io.karez.inspect.RunView;
import io.karez.inspect.Runs;
import io.karez.launch.Delivery;
import io.karez.launch.RunTrust;
import io.karez.project.Project;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.Dialects;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunStore;
import io.karez.store.SubmissionFiles;
import io.karez.submit.Drip;
import io.karez.submit.Escalation;
import io.karez.text.InvalidInputException;
import io.karez.text.Nearest;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.track.Retry;
import io.karez.track.TrackedJob;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Runs jobs of a run once more, as its next attempts.
final class RetryCommand implements Verb {
  private final ProjectOptions project = new ProjectOptions();
  private final StayOptions stay = new StayOptions();

  private List<String> names = List.of();
  private boolean failed;
  private @Nullable String cause;
  private @Nullable String memory;
  private @Nullable String time;
  private boolean yes;

  @Override
  public void declare(Options options) {
    project.declare(options);
    stay.declare(options);
    options
        .words("[NAME] RUN[/JOB]...", "1..*", "a run, or jobs of one run", words -> names = words)
        .flag("--failed", "the jobs that failed, and not the lost ones", () -> failed = true)
        .value(
            "--cause",
            "C",
            "the jobs that ended for this cause: `"
                + Arrays.stream(Cause.values()).map(Cause::word).collect(Collectors.joining("`, `"))
                + "`",
            value -> cause = value)
        .value(
            "--memory",
            "M",
            "ask a batch system for this much, or `x2` times as much as the last time",
            value -> memory = value)
        .value(
            "--time",
            "T",
            "ask a batch system for this long, or `x1.5` times as long as the last time",
            value -> time = value)
        .flag("--yes", "do not ask", () -> yes = true)
        .footer(
            "",
            "Without a choice, the jobs that failed and those whose end nobody knows (lost); not"
                + " those that were cancelled, which are of the cause `user`.",
            "What an attempt has printed stays: that of the first in `stdout.1.txt`.",
            "",
            "An experiment can say which of its jobs are tried again without being asked for:",
            "  retry: {oom: {memory: x2, times: 3}, timeout: {time: x1.5}, node: {}}",
            "by cause, but for `user`, `admin` and `lost`; `times` further attempts at most (1"
                + " unless said), on a batch system with more `memory` and `time`: an amount, or a"
                + " factor of the last. `karez run --wait` and `karez keep` see to it.",
            "",
            "Examples:",
            "  karez retry 4",
            "  karez retry 4/3 4/7",
            "  karez retry 4 --cause lost",
            "  karez retry 4 --cause oom --memory x2");
  }

  @Override
  public int run(Console console) throws Exception {
    Project here = project.project();
    Map<RunDirectory, Set<Integer>> wanted = RunWords.jobs(names, new RunStore(here.results()));
    if (wanted.size() > 1) {
      throw new InvalidInputException(
          Problem.of("the jobs are of %d runs".formatted(wanted.size()))
              .hint("retry one run at a time"));
    }
    RunDirectory run = wanted.keySet().iterator().next();
    Retry.Choice choice = choice(wanted.getOrDefault(run, Set.of()));
    RunTrust.requireToExecute(here, run);
    Delivery delivery = Delivery.of(here);
    stay.require(RunDocument.read(run));
    requireNoWish(Dialects.named(RunDocument.read(run).runner()));
    Runs.Detail detail = delivery.runs().detail(run);
    delivery.reach().requireReached(detail.view().document());
    List<TrackedJob> jobs = detail.jobs();
    SortedMap<Integer, Integer> attempts = Retry.attempts(run.id(), jobs, choice);
    if (attempts.isEmpty()) {
      Unsubmitted.line(run, jobs).ifPresent(console.err()::println);
      throw new InvalidInputException(nothing(run, choice, jobs));
    }
    RunDocument document = RunDocument.read(run);
    ContainerOptions.still(console, document);
    Optional<AtWork> atWork = AtWork.of(run, document, jobs);
    atWork.ifPresent(AtWork::requireNothingOfItsOwn);
    Dialect dialect = Dialects.named(document.runner());
    List<Directive> directives = directives(detail.view(), dialect, jobs, attempts);
    int most = delivery.most(run, document);
    if (!Brakes.mayGo(console, here, document, directives, attempts.size(), most, yes)) {
      return ExitCode.FAILED;
    }
    Retry.supersede(delivery.reach().to(run, document), jobs, attempts, dialect.isBatch());
    console
        .err()
        .println(
            "run %s: %s again"
                .formatted(
                    run.id(),
                    attempts.size() == 1
                        ? "job " + attempts.firstKey()
                        : attempts.size() + " of " + jobs.size() + " jobs"));
    atWork.ifPresent(work -> work.say(console, attempts.size()));
    int ended =
        new Launch(console, delivery)
            .some(
                run,
                new Drip.Wanted(
                    attempts,
                    directives,
                    Optional.empty(),
                    isAfterDependency(jobs, attempts),
                    false),
                most,
                stay.stays(dialect));
    return stay.fetched(ended, console, delivery, run);
  }

  /// Whether some have never begun, because what they wait for had not ended as it has to.
  private static boolean isAfterDependency(
      List<TrackedJob> jobs, SortedMap<Integer, Integer> attempts) {
    return jobs.stream()
        .filter(job -> attempts.containsKey(job.index()))
        .anyMatch(job -> job.verdict().cause().equals(Optional.of(Cause.DEPENDENCY)));
  }

  /// What is asked for now, starting from what was granted the last time: a request that was
  /// refused is not kept.
  private List<Directive> directives(
      RunView run, Dialect dialect, List<TrackedJob> jobs, SortedMap<Integer, Integer> attempts) {
    int last =
        jobs.stream()
            .filter(job -> attempts.containsKey(job.index()))
            .map(TrackedJob::submission)
            .filter(number -> !run.history().isRefused(number))
            .max(Integer::compareTo)
            .orElse(1);
    List<Directive> before =
        new SubmissionFiles(run.directory()).directives(last).orElse(run.document().directives());
    return Escalation.of(dialect, before, Optional.ofNullable(memory), Optional.ofNullable(time));
  }

  /// Nothing enforces these on this machine.
  private void requireNoWish(Dialect dialect) {
    if (!dialect.isBatch() && (memory != null || time != null)) {
      throw new InvalidInputException(
          Problem.of("`--memory` and `--time` are for batch systems")
              .hint(
                  "`%s` runs a job again under the run's own conditions"
                      .formatted(dialect.name())));
    }
  }

  private Retry.Choice choice(Set<Integer> jobs) {
    int choices = (jobs.isEmpty() ? 0 : 1) + (failed ? 1 : 0) + (cause == null ? 0 : 1);
    if (choices > 1) {
      throw new InvalidInputException(
          Problem.of("the jobs are chosen in more than one way")
              .hint("name jobs, or give `--failed`, or give `--cause`"));
    }
    if (!jobs.isEmpty()) {
      return new Retry.Choice.Named(jobs);
    }
    if (cause != null) {
      return new Retry.Choice.WithCause(cause(cause));
    }
    return failed ? new Retry.Choice.Failed() : new Retry.Choice.FailedOrLost();
  }

  private static Cause cause(String word) {
    List<String> words = Arrays.stream(Cause.values()).map(Cause::word).toList();
    return Cause.of(word)
        .orElseThrow(() ->
            new InvalidInputException(
                Problem.at(Place.of("--cause"), "there is no cause `%s`".formatted(word))
                    .hint(
                        Nearest.to(word, words)
                            .map("did you mean `%s`?"::formatted)
                            .orElse("the causes are `" + String.join("`, `", words) + "`"))));
  }

  private static Problem nothing(RunDirectory run, Retry.Choice choice, List<TrackedJob> jobs) {
    String which =
        switch (choice) {
          case Retry.Choice.FailedOrLost() -> "failed or was lost";
          case Retry.Choice.Failed() -> "failed";
          case Retry.Choice.WithCause(Cause wanted) ->
              "ended for the cause `" + wanted.word() + "`";
          case Retry.Choice.Named(Set<Integer> named) -> "is one of " + named;
        };
    long cancelled =
        jobs.stream().filter(job -> job.verdict().cause().equals(Optional.of(Cause.USER))).count();
    return Problem.of("no job of run %s %s".formatted(run.id(), which))
        .hint(
            cancelled > 0
                ? "%s cancelled: `karez retry %s --cause user` runs %s again"
                    .formatted(
                        cancelled == 1 ? "1 job was" : cancelled + " jobs were",
                        run.id(),
                        cancelled == 1 ? "it" : "them")
                : "`karez status %s` shows how they stand".formatted(run.id()));
  }
}
