package io.karez.scheduler.slurm;

import io.karez.define.SubmitTemplate.Directive;
import java.util.Optional;
import java.util.Set;

/// The options of `sbatch` (sbatch(1)) as people write them, and those that a run cannot bear.
final class SlurmOptions {
  /// Besides those that have a canonical word; options of one letter are left to programs.
  private static final Set<String> NAMES =
      Set.of(
          "--array",
          "--begin",
          "--constraint",
          "--cpus-per-gpu",
          "--deadline",
          "--exclude",
          "--exclusive",
          "--gpus-per-task",
          "--hint",
          "--hold",
          "--licenses",
          "--mail-type",
          "--mail-user",
          "--nice",
          "--nodelist",
          "--ntasks-per-core",
          "--ntasks-per-gpu",
          "--ntasks-per-socket",
          "--oversubscribe",
          "--qos",
          "--reservation",
          "--time-min",
          "--wckey");

  private SlurmOptions() {}

  static boolean isKnown(String key) {
    return NAMES.contains(key);
  }

  /// Why a directive would take from Karez what it rests on.
  static Optional<String> refusal(Directive directive) {
    return switch (directive.key()) {
      case "-a", "--array" ->
          Optional.of(
              "would make jobs that Karez does not know: `-R` and `-g` make an array, `--throttle`"
                  + " limits it");
      case "--comment" -> Optional.of("is taken: by it Karez finds its jobs again");
      case "--wrap" -> Optional.of("would take the place of the script that records the job's end");
      case "-W", "--wait" ->
          Optional.of("would keep the submission waiting: `karez run --wait` waits");
      case "--test-only" -> Optional.of("submits nothing: `--dry-run` shows what would be");
      case "-h", "--help", "--usage", "-V", "--version" -> Optional.of("submits nothing");
      default -> Optional.empty();
    };
  }

  /// What a directive takes away that a run can do without.
  static Optional<String> remark(Directive directive) {
    return switch (directive.key()) {
      case "-o", "--output", "-e", "--error" ->
          Optional.of(
              "is not where programs print, and `karez why` does not look there for what Slurm says");
      case "-D", "--chdir" ->
          Optional.of("has no effect on programs, which run in the run's working directory");
      default -> Optional.empty();
    };
  }
}
