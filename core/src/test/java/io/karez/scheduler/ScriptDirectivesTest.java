package io.karez.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.define.SubmitTemplate.Directive;
import io.karez.scheduler.slurm.Slurm;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScriptDirectivesTest {

  private static ScriptDirectives slurm(String script) {
    return new Slurm().directivesIn(script, "job.slurm").orElseThrow();
  }

  private static List<String> problems(Dialect dialect, String script) {
    try {
      dialect.directivesIn(script, "job");
      return List.of();
    } catch (InvalidInputException e) {
      return e.problems().stream().map(Problem::sentence).toList();
    }
  }

  @Test
  void optionsAreReadAsSbatchReadsThem() {
    ScriptDirectives read =
        slurm(
            """
            #!/bin/bash
            # a remark
            #SBATCH -N 2 --ntasks=4 -c8 --exclusive
            ##SBATCH --commented=out
            #SBATCH --mail-user "a b" --comment='x # y' # said
            #SBATCH --output=logs/%j.out -e err.txt
            #SBATCH --array=0-6:2%3
            #SBATCH -D /scratch/me

            #SBATCH --time 10
            hostname
            #SBATCH --late=1
            """);
    assertThat(read.directives())
        .containsExactly(
            new Directive("-N", Optional.of("2")),
            new Directive("--ntasks", Optional.of("4")),
            new Directive("-c", Optional.of("8")),
            new Directive("--exclusive", Optional.empty()),
            new Directive("--mail-user", Optional.of("a b")),
            new Directive("--comment", Optional.of("x # y")),
            new Directive("--time", Optional.of("10")));
    assertThat(read.leftOut())
        .containsExactly(
            new Directive("--output", Optional.of("logs/%j.out")),
            new Directive("-e", Optional.of("err.txt")));
    assertThat(read.array()).contains(new TaskArray(List.of(0, 2, 4, 6), 3));
    assertThat(read.directory()).contains("/scratch/me");
  }

  @Test
  void allLinesThatCannotBeReadAreTold() {
    assertThat(
            problems(
                new Slurm(),
                "#SBATCH --array=x-3\n#SBATCH time=3\n#SBATCH --mem='4G\n#SBATCH -a 5-1\n"))
        .containsExactly(
            "job:1: `x-3` are no indices of an array",
            "job:2: `time=3` is no option of the scheduler",
            "job:3: the single quote at character 8 of ` --mem='4G` is not closed",
            "job:4: `5-1` are no indices of an array");
  }

  @Test
  void onThisMachineAScriptCanOnlyBeAnArray() {
    ScriptDirectives read =
        new Local()
            .directivesIn("#!/bin/sh\n#SBATCH --mem=4G\n#KAREZ --array=4,2%1\ntrue\n", "job.sh")
            .orElseThrow();
    assertThat(read)
        .isEqualTo(
            new ScriptDirectives(
                List.of(),
                Optional.of(new TaskArray(List.of(4, 2), 1)),
                Optional.empty(),
                List.of()));
    assertThat(problems(new Local(), "#KAREZ --memory=4G\n"))
        .containsExactly("job: `#KAREZ` has no `--memory`");
  }
}
