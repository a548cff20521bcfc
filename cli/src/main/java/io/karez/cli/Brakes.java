package io.karez.cli;

import io.karez.define.Config;
import io.karez.define.SubmitTemplate.Directive;
import io.karez.project.Project;
import io.karez.scheduler.Asked;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.Dialects;
import io.karez.store.RunDocument;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/// What a submission would cost, said before it is made, and asked about when it is much.
///
/// @param jobs how many
/// @param carriers how many they are for the scheduler
/// @param arrays how many submissions that takes
/// @param coreHours at most; empty when cores or wall time are left to the site
/// @param why they are not known
record Brakes(long jobs, long carriers, long arrays, Optional<BigDecimal> coreHours, String why) {
  /// Above it is asked whether that is meant.
  private static final long MANY = 1000;

  /// A directory, two outputs, a record, parameters and a claim.
  private static final long FILES_EACH = 6;

  /// @param pack how many of them one job of the scheduler carries
  /// @param most how many jobs one submission may carry
  static Brakes of(long jobs, int pack, int most, Asked asked) {
    long carriers = Math.ceilDiv(jobs, pack);
    return new Brakes(
        jobs,
        carriers,
        (jobs + most - 1) / most,
        asked
            .cores()
            .flatMap(cores ->
                asked
                    .time()
                    .map(time ->
                        BigDecimal.valueOf(time.toSeconds())
                            .multiply(BigDecimal.valueOf(cores))
                            .multiply(BigDecimal.valueOf(carriers))
                            .divide(BigDecimal.valueOf(3600), MathContext.DECIMAL64))),
        asked.time().isEmpty()
            ? "no `--time` is given"
            : "the nodes decide how many cores a job gets, as with `--exclusive`");
  }

  /// `1000 jobs, at most 500 core-hours, 1 array, about 6000 files`.
  @Override
  public String toString() {
    String hours =
        coreHours
            .map(most ->
                "at most %s core-hours"
                    .formatted(
                        most.setScale(
                                most.compareTo(BigDecimal.TEN) < 0 ? 1 : 0, RoundingMode.CEILING)
                            .toPlainString()))
            .orElse("core-hours unknown, because " + why);
    String parts = jobs == 1 ? "" : ", " + Quantities.count(arrays, "array");
    String packed = carriers == jobs ? "" : " in " + Quantities.count(carriers, "pack");
    return "%s%s, %s%s, about %d files"
        .formatted(Quantities.count(jobs, "job"), packed, hours, parts, jobs * FILES_EACH);
  }

  /// Says what more jobs of a run, or of a run like it, would cost, and asks. Jobs that start at
  /// once cost nobody else anything.
  ///
  /// @param most how many jobs one submission may carry
  /// @return whether to go on
  /// @throws InvalidInputException when nobody can be asked
  static boolean mayGo(
      Console console,
      Project project,
      RunDocument run,
      List<Directive> directives,
      long jobs,
      int most,
      boolean isGiven) {
    Dialect dialect = Dialects.named(run.runner());
    return dialect.startsAtOnce()
        || of(jobs, run.conduct().pack(), most, dialect.asked(directives))
            .release(console, project.config(), isGiven);
  }

  /// Says it, and asks.
  ///
  /// @param isGiven whether the user has said `--yes`
  /// @return whether to go on
  /// @throws InvalidInputException when nobody can be asked
  boolean release(Console console, Config config, boolean isGiven) {
    console.err().println(this);
    if (isGiven || !isMuch(config)) {
      return true;
    }
    if (!console.inTerminal()) {
      throw new InvalidInputException(
          Problem.of("that is much, and nobody can be asked, so nothing was submitted")
              .hint("say `--yes` if it is meant; `--dry-run` shows it"));
    }
    boolean meant = new Questions(console).confirm("submit them?", false);
    if (!meant) {
      console.err().println("nothing was submitted");
    }
    return meant;
  }

  private boolean isMuch(Config config) {
    return jobs > MANY
        || config
            .confirmCoreHours()
            .filter(most -> coreHours.filter(asked -> asked.compareTo(most) <= 0).isEmpty())
            .isPresent();
  }
}
