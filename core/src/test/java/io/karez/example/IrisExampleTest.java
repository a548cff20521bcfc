package io.karez.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.define.Config;
import io.karez.define.ConfigFile;
import io.karez.define.Dataset;
import io.karez.define.DatasetFile;
import io.karez.define.DatasetName;
import io.karez.define.Experiment;
import io.karez.define.ExperimentFile;
import io.karez.define.ExperimentName;
import io.karez.transport.Command;
import io.karez.transport.Completed;
import io.karez.transport.LocalTransport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IrisExampleTest {
  private static final Path EXAMPLE =
      Path.of("..", "examples", "iris").toAbsolutePath().normalize();
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @Test
  void summaryPrintsTheMeansThatEverybodyKnows(@TempDir Path storage) throws Exception {
    Completed reply =
        run(
            "python3",
            "-B",
            "experiments/summary_statistics/iris.py",
            "--storage_path",
            storage.toString(),
            "--dataset_path",
            EXAMPLE.resolve("data/iris").toString());
    assertThat(reply.errorText()).isEmpty();
    assertThat(reply.text())
        .isEqualTo(
            """
            150 flowers of 3 species

            Mean (cm)
                        sepal_length   sepal_width  petal_length   petal_width
            all                5.843         3.057         3.758         1.199
            setosa             5.006         3.428         1.462         0.246
            versicolor         5.936         2.770         4.260         1.326
            virginica          6.588         2.974         5.552         2.026
            """);
    assertThat(Files.readAllLines(storage.resolve("means.csv")).subList(0, 2))
        .isEqualTo(
            List.of(
                "species,sepal_length,sepal_width,petal_length,petal_width",
                "all,5.843333,3.057333,3.758000,1.199333"));
  }

  @Test
  void programsPassTheirOwnTests() throws Exception {
    Completed reply = run("python3", "-B", "-m", "unittest", "discover", "-s", "tests");
    assertThat(reply.exitCode()).as(reply.errorText()).isZero();
    assertThat(reply.errorText()).endsWith("\nOK\n").doesNotContain("Ran 0 tests");
  }

  @Test
  void definitionsNameFilesThatExist() throws Exception {
    Dataset iris =
        DatasetFile.read(
            text("datasets/iris.yaml"), "iris.yaml", Optional.of(new DatasetName("iris")));
    assertThat(EXAMPLE.resolve(iris.path()).resolve("iris.csv")).isRegularFile();
    for (String name : List.of("summary_iris", "classify_iris")) {
      Experiment experiment =
          ExperimentFile.read(
              text("experiments/" + name + ".yaml"),
              name + ".yaml",
              Optional.of(new ExperimentName(name)),
              List.of(iris.name()));
      assertThat(EXAMPLE.resolve(experiment.executable())).isRegularFile();
      assertThat(EXAMPLE.resolve(experiment.action("plot").orElseThrow().executable()))
          .isRegularFile();
    }
  }

  @Test
  void configurationIsReadAndNeutral() throws Exception {
    Config config = ConfigFile.read(text("config.yaml"), "config.yaml", Config.BUILT_IN);
    assertThat(config.sites()).isEmpty();
    assertThat(config.templates().keySet()).containsExactlyInAnyOrder("htcondor", "slurm");
  }

  private static String text(String file) throws Exception {
    return Files.readString(EXAMPLE.resolve(".karez").resolve(file));
  }

  private static Completed run(String... words) throws Exception {
    return new LocalTransport().run(Command.of(words).in(EXAMPLE), LIMIT);
  }
}
