package io.karez.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.karez.define.Conduct;
import io.karez.define.ExperimentName;
import io.karez.define.RunId;
import io.karez.expand.ParameterSet;
import io.karez.store.RunDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobsTest {
  private static final Path PLACE = Path.of("/results/_/run_1");

  @Test
  void jobsKeepTheTrueParameters() {
    Map<String, Object> parameters = Map.of("pad-token", "<pad>", "prompt", "by key=value now");
    assertThat(jobs(List.of("--pad-token", "<pad>"), parameters).next().parameters())
        .isEqualTo(parameters);
  }

  @Test
  void aRefusedArgumentIsNotShownWhereThereIsASecret() {
    String refusal = " of job 0 holds a NUL character, which no program argument can carry";
    assertThat(refused("--token", "SECx\0"))
        .hasMessage("what follows `--token` among the words" + refusal);
    assertThat(refused("--token=SECx", "SECx\0")).hasMessage("word 3" + refusal);
    assertThat(refused("--lr", "1\0")).hasMessage("the argument `1\0`" + refusal);
  }

  private static Throwable refused(String... words) {
    return catchThrowable(() -> jobs(List.of(words), Map.of()).next());
  }

  private static Jobs jobs(List<String> words, Map<String, Object> parameters) {
    RunRequest request =
        new RunRequest(
            ExperimentName.UNREGISTERED,
            "",
            List.of(),
            List.of("true"),
            false,
            Map.of(),
            Map.of(),
            Optional.empty(),
            1,
            List.of(),
            Map.of(),
            Map.of(),
            List.of(),
            Optional.empty(),
            List.of(),
            Conduct.PLAIN,
            Path.of("/"),
            Optional.empty(),
            false,
            Map.of(),
            List.of());
    return new Jobs(
        request,
        new RunDirectory(new RunId(1), PLACE),
        List.of(new ParameterSet(words, parameters)));
  }
}
