package io.karez.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.define.Config;
import io.karez.define.ConfigFile;
import io.karez.project.Init.Existing;
import io.karez.project.Init.FileWrite;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InitTest {
  private static final List<Path> BOTH =
      List.of(Path.of(".karez/experiments"), Path.of(".karez/datasets"));

  @Test
  void case01_anEmptyDirectoryGetsTheNeutralValuesOfTheSeed() {
    Init plan =
        Init.plan(new Existing(Optional.empty(), Optional.empty(), List.of(), false), "results");
    assertThat(plan)
        .isEqualTo(
            new Init(
                BOTH,
                List.of(
                    new FileWrite(
                        Path.of(".karez/config.yaml"),
                        """
                        # default_editor: vim           # where neither $VISUAL nor $EDITOR names one
                        # logging: INFO
                        result_dir: results
                        # git: {dirty: record}          # record | refuse | commit
                        # snapshot: never               # never | batch | always
                        htcondor:
                          default:
                            # +WishedAcctGroup: group_name
                            getenv: 'true'
                            request_cpus: 1
                            request_disk: 1GB
                            request_gpus: 0
                            request_memory: 1GB
                            universe: vanilla
                        slurm:
                          default:
                            --cpus-per-task: 1
                            --ntasks: 1
                            --time: 1-00:00:00
                        """),
                    new FileWrite(Path.of(".gitignore"), "results/\n")),
                true));
  }

  @Test
  void case01_asWellAsNothingIsPlannedWhenAllIsThere() {
    assertThat(
            Init.plan(
                new Existing(
                    Optional.of("result_dir: out\n"), Optional.of("*.pyc\n/out\n"), BOTH, true),
                "results"))
        .isEqualTo(new Init(List.of(), List.of(), false));
  }

  @Test
  void whatIsIgnoredAlreadyStaysAndTheLastLineIsEnded() {
    assertThat(
            Init.plan(new Existing(Optional.of(""), Optional.of("*.pyc"), BOTH, true), "elsewhere")
                .files())
        .containsExactly(new FileWrite(Path.of(".gitignore"), "*.pyc\nresults/\n"));
  }

  @Test
  void resultsOutsideTheProjectNeedNotBeIgnored() {
    for (String outside : List.of("/scratch/me", "../out")) {
      Init plan =
          Init.plan(new Existing(Optional.empty(), Optional.empty(), List.of(), true), outside);
      assertThat(plan.files())
          .extracting(FileWrite::path)
          .containsExactly(Path.of(".karez/config.yaml"));
      Config config =
          ConfigFile.read(plan.files().getFirst().text(), "config.yaml", Config.BUILT_IN);
      assertThat(config.resultDir()).isEqualTo(outside);
    }
  }
}
