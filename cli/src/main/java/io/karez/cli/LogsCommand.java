package io.karez.cli;

import io.karez.inspect.Counts;
import io.karez.site.FarRun;
import io.karez.site.RunLink;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import io.karez.track.TrackedJob;
import io.karez.transport.TransportException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Shows what jobs have printed: of several jobs each line with the job's name before it.
final class LogsCommand implements Verb {
  /// Between looks over a connection.
  private static final Duration FAR_PAUSE = Duration.ofSeconds(1);

  private final ProjectOptions project = new ProjectOptions();

  private List<String> words = List.of();
  private boolean follow;
  private boolean err;
  private boolean raw;
  private int attempt;

  @Override
  public void declare(Options options) {
    project.declare(options);
    options
        .words("[NAME] RUN[/JOB]", "1..2", "the run, or one job of it", given -> words = given)
        .flag("--follow -f", "go on until the jobs have ended", () -> follow = true)
        .flag("--err", "standard error instead of standard output", () -> err = true)
        .flag("--raw", "the bytes as they are, without names of jobs", () -> raw = true)
        .typed("--attempt", "N", Integer.class, "an earlier attempt of the jobs", n -> attempt = n)
        .footer("", "Examples:", "  karez logs last --follow", "  karez logs 4/17 --err");
  }

  @Override
  public int run(Console console) throws Exception {
    if (follow && attempt > 0) {
      throw new InvalidInputException(
          Problem.of("`--attempt` names an earlier attempt, which cannot be followed"));
    }
    Inspection inspection = Inspection.of(project.project());
    NamedRun name = RunWords.one(words, inspection.store());
    RunDirectory run = name.run();
    WatchedRun watched = new WatchedRun(inspection, run);
    List<TrackedJob> jobs = name.pick(watched.jobs());
    List<LogSource> sources = sources(run, jobs, console);
    RunLink link = inspection.reach().seen(run, RunDocument.read(run));
    if (follow) {
      return follow(inspection, name, watched, link, sources, console);
    }
    int code = Inspection.bring(link, files(RunDocument.read(run), jobs), console);
    boolean some = false;
    for (LogSource source : sources) {
      some |= source.copy();
      source.end();
    }
    if (!some) {
      String stream = err ? "standard error" : "standard output";
      console
          .err()
          .println(
              "nothing on %s of %s (%s)"
                  .formatted(stream, name, Sentences.counts(Counts.of(jobs))));
    }
    return Math.max(code, inspection.code(console));
  }

  private int follow(
      Inspection inspection,
      NamedRun name,
      WatchedRun watched,
      RunLink link,
      List<LogSource> sources,
      Console console)
      throws Exception {
    Interrupts interrupts = new Interrupts();
    Pace pace = new Pace();
    boolean silent = false;
    RunDocument document = RunDocument.read(watched.directory());
    while (true) {
      // What a job printed before it ended is there once it is seen to have ended.
      List<TrackedJob> jobs = name.pick(watched.jobs());
      boolean settled = jobs.stream().allMatch(job -> job.verdict().settled());
      // Jobs may have started since the last time.
      silent =
          isSilent(inspection, link, files(document, jobs), silent && !settled, settled, console);
      for (LogSource source : sources) {
        source.copy();
      }
      console.out().flush();
      if (settled) {
        for (LogSource source : sources) {
          source.end();
        }
        return silent ? ExitCode.UNREACHABLE : ExitCode.DONE;
      }
      Duration pause = link instanceof FarRun ? FAR_PAUSE : pace.next();
      if (interrupts.await(pause.toMillis())) {
        return interrupts.exitCode().orElse(ExitCode.INTERRUPTED);
      }
    }
  }

  /// A site that cannot be reached may come back.
  ///
  /// @param said whether it was said already that it cannot be reached
  /// @param settled whether nobody waits for that any more
  /// @return whether it cannot now
  private static boolean isSilent(
      Inspection inspection,
      RunLink link,
      List<String> names,
      boolean said,
      boolean settled,
      Console console) {
    Optional<? extends TransportException> trouble =
        inspection.reach().connections().refusals().stream().findFirst();
    if (trouble.isEmpty()) {
      try {
        link.bring(names);
      } catch (TransportException e) {
        trouble = Optional.of(e);
      }
    }
    if (trouble.isPresent() && !said) {
      String why = Printable.joined(String.valueOf(trouble.get().getMessage()));
      String then = settled ? "what is shown may be incomplete" : "waiting until it answers";
      console.err().println("warning: %s; %s".formatted(why, then));
    }
    return trouble.isPresent();
  }

  private List<LogSource> sources(RunDirectory run, List<TrackedJob> jobs, Console console) {
    RunDocument document = RunDocument.read(run);
    boolean escape = console.outTerminal() && !raw;
    List<LogSource> sources = new ArrayList<>();
    for (TrackedJob job : jobs) {
      String prefix = jobs.size() > 1 && !raw ? run.id() + "/" + job.index() + ": " : "";
      Path directory = run.job(document.directoryOf(job.index()));
      sources.add(
          new LogSource(
              run.path(),
              directory.resolve(file(job)),
              new LogSink(console.out(), prefix, escape)));
    }
    return sources;
  }

  /// Relative to the run's directory.
  private List<String> files(RunDocument document, List<TrackedJob> jobs) {
    return jobs.stream()
        .filter(job -> job.record().isPresent())
        .map(job ->
            Path.of(document.directoryOf(job.index())).resolve(file(job)).normalize().toString())
        .toList();
  }

  private String file(TrackedJob job) {
    String name = err ? "stderr" : "stdout";
    if (attempt > job.attempt() || attempt < 0) {
      throw new InvalidInputException(
          Problem.of(
              "job %d has had %s"
                  .formatted(job.index(), Quantities.count(job.attempt(), "attempt"))));
    }
    return attempt == 0 || attempt == job.attempt() ? name + ".txt" : name + "." + attempt + ".txt";
  }
}
