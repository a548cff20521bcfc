package io.karez.cli;

import io.karez.inspect.Counts;
import io.karez.inspect.Efficiency;
import io.karez.inspect.Runs;
import io.karez.inspect.Uses;
import io.karez.track.TrackedJob;
import java.io.IOException;
import java.util.List;

/// Shows what a run, or one job of it, used of what it asked for.
final class EfficiencyCommand implements Verb {
  private final ProjectOptions project = new ProjectOptions();

  private List<String> words = List.of();
  private boolean all;
  private boolean json;

  @Override
  public void declare(Options options) {
    project.declare(options);
    options
        .words("[NAME] RUN[/JOB]", "1..2", "the run, or one job of it", given -> words = given)
        .flag("--all", "all jobs, not only as many as the terminal has room for", () -> all = true)
        .flag("--json", "one JSON document, with every job", () -> json = true)
        .footer(
            "",
            "cpu: processor time against the cores asked for and the time they were had; memory:"
                + " the peak against what was asked; time: against the limit. `-` is not known,"
                + " `≥` was only looked at from time to time.",
            "What is advised rests on jobs that succeeded.",
            "",
            "Examples:",
            "  karez efficiency last",
            "  karez efficiency 4/17");
  }

  @Override
  public int run(Console console) throws IOException {
    Inspection inspection = Inspection.of(project.project(), new Silence(console));
    NamedRun name = RunWords.one(words, inspection.store());
    Runs.Detail detail = inspection.runs().detail(name.run());
    List<TrackedJob> jobs = name.pick(detail.jobs());
    Uses uses =
        Uses.of(
            detail.view(),
            jobs,
            inspection.reach().transport(name.run(), detail.view().document()));
    Efficiency efficiency = Efficiency.of(uses.jobs());
    remarks(console, jobs, uses, efficiency);
    if (detail.view().document().conduct().pack() > 1) {
      console
          .err()
          .println("its jobs ran in packs: memory and time were asked for all of a pack together");
    }
    if (json) {
      EfficiencyJson.write(console, detail.view(), efficiency, name.job().isEmpty());
      return inspection.code(console);
    }
    if (efficiency.jobs().isEmpty()) {
      console
          .out()
          .println(
              "nothing of %s has run to its end: %s"
                  .formatted(name.shown(), Sentences.counts(Counts.of(jobs))));
      return inspection.code(console);
    }
    boolean color = console.outTerminal() && console.color();
    EfficiencyView view = new EfficiencyView(detail.view(), efficiency, color);
    if (name.job().isPresent()) {
      view.job(efficiency.jobs().getFirst()).forEach(console.out()::println);
      return inspection.code(console);
    }
    // The line that the user types next needs room as well.
    int height = console.outTerminal() && !all ? console.rows() - 1 : Integer.MAX_VALUE;
    view.run(console.outTerminal(), console.columns(), height).forEach(console.out()::println);
    return inspection.code(console);
  }

  private static void remarks(
      Console console, List<TrackedJob> jobs, Uses uses, Efficiency efficiency) {
    long open = jobs.stream().filter(job -> !job.verdict().settled()).count();
    if (open > 0 && !efficiency.jobs().isEmpty()) {
      console
          .err()
          .println(
              "%s %s not ended and %s not counted"
                  .formatted(
                      Quantities.count(open, "job"),
                      open == 1 ? "has" : "have",
                      open == 1 ? "is" : "are"));
    }
    if (uses.unasked() > 0) {
      console
          .err()
          .println(
              "%s say too little of themselves, and the accounting was not asked about them: it"
                      .formatted(Quantities.count(uses.unasked(), "job"))
                  + " takes its time");
    }
    uses.trouble().map(Printable::onLine).ifPresent(console.err()::println);
  }
}
