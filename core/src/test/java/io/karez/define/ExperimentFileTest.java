package io.karez.define;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ExperimentFileTest {
  private static final DatasetName IRIS = new DatasetName("iris");

  private static Experiment read(String text) {
    return ExperimentFile.read(text, "e.yaml", Optional.empty(), List.of(IRIS));
  }

  private static List<String> problems(String text) {
    InvalidInputException e = catchThrowableOfType(InvalidInputException.class, () -> read(text));
    return e.problems().stream()
        .map(p -> p.sentence() + p.hint().map(" | "::concat).orElse(""))
        .toList();
  }

  /// The shape of the file in Qanat's own tutorial.
  @Test
  void aFileOfQanatIsReadAsItIs() {
    Experiment experiment =
        read(
            """
            name: summary_iris
            description: Summary statistics on IRIS dataset
            path: experiments/summary_statistics
            executable: experiments/summary_statistics/iris.py
            executable_command: python
            datasets:
              - iris
            tags:
              - First-order
              - Histograms
            actions:
              - plot:
                  name: plot
                  executable: experiments/summary_statistics/plot_iris.py
                  executable_command: python
                  description: Plot summary statistics about the dataset
            """);
    assertThat(experiment)
        .isEqualTo(
            new Experiment(
                new ExperimentName("summary_iris"),
                "Summary statistics on IRIS dataset",
                "experiments/summary_statistics",
                "experiments/summary_statistics/iris.py",
                "python",
                List.of(IRIS),
                List.of("First-order", "Histograms"),
                List.of(
                    new Action(
                        "plot",
                        "Plot summary statistics about the dataset",
                        "experiments/summary_statistics/plot_iris.py",
                        "python")),
                Resources.NONE,
                Environment.NONE,
                List.of(),
                true,
                Optional.empty(),
                RetryPolicy.NONE));
    assertThat(experiment.command())
        .containsExactly("python", "experiments/summary_statistics/iris.py");
  }

  @Test
  void onlyNameAndExecutableAreNeeded() {
    assertThat(read("{name: e, executable: code/run.sh}"))
        .isEqualTo(Experiment.of(new ExperimentName("e"), "code/run.sh", ""));
    assertThat(read("{name: e, executable: code/run.sh}").path()).isEqualTo("code");
  }

  @Test
  void actionsMayAlsoBeNamedInsideOrInAMapping() {
    Action plot = new Action("plot", "", "plot.py", "");
    assertThat(
            read("{name: e, executable: x, actions: [{name: plot, executable: plot.py}]}")
                .actions())
        .containsExactly(plot);
    assertThat(read("{name: e, executable: x, actions: {plot: {executable: plot.py}}}").actions())
        .containsExactly(plot);
  }

  @Test
  void everyProblemIsReportedAtOnceWithPlaceKeyAndNearestName() {
    String text =
        """
        name: last
        descripton: a typing error
        executable_command: python "
        datasets: [iri, mnist]
        actions:
          - plot:
              exec: plot.py
          - plot:
              executable: plot.py
          - plot:
              executable: plot.py
        resources: {cpus: 0, memory: 2048, time: soon, gpu: 1}
        environment: {set: {API_TOKEN: x, A-B: y}, forward: ["*"]}
        pass_paths: nein
        """;
    assertThat(problems(text))
        .containsExactly(
            "e.yaml:2:1: there is no key `descripton` | did you mean `description`?",
            "e.yaml:1:7: `name`: `last` cannot name an experiment, it stands for the newest run",
            "e.yaml:1:1: the key `executable` is missing",
            "e.yaml:3:21: `executable_command`: the double quote at character 8 of `python \"` is"
                + " not closed",
            "e.yaml:4:12: `datasets`: there is no dataset `iri` | did you mean `iris`?",
            "e.yaml:4:17: `datasets`: there is no dataset `mnist` | add it with `karez dataset new"
                + " mnist`",
            "e.yaml:7:7: there is no key `actions.plot.exec` | one of `name`, `description`,"
                + " `executable`, `executable_command`",
            "e.yaml:7:7: the key `actions.plot.executable` is missing",
            "e.yaml:11:7: the action `plot` is defined twice",
            "e.yaml:12:48: there is no key `resources.gpu` | did you mean `gpus`?",
            "e.yaml:12:19: `resources.cpus`: `0` is not a whole number of at least 1",
            "e.yaml:12:30: `resources.memory`: `2048` is not an amount of memory | say the unit,"
                + " such as `2048M` or `2048G`",
            "e.yaml:12:42: `resources.time`: `soon` is not a time limit | write it as `90m`,"
                + " `1h30m`, `10:00:00` or `1-00:00:00` (days-hours:minutes:seconds)",
            "e.yaml:13:21: `environment.set`: `API_TOKEN` looks like a secret, and its value would"
                + " be written into scripts | keep it in a file that only you can read, and give"
                + " the program the file's path",
            "e.yaml:13:35: `environment.set`: `A-B` is not the name of a variable",
            "e.yaml:13:54: `environment.forward`: `*` is neither a variable nor a prefix such as"
                + " `CONDA_*`",
            "e.yaml:14:13: `pass_paths`: `nein` is neither `true` nor `false`");
  }

  @Test
  void aSecretInALineOfSetupIsRefusedAndWhereOneComesFromIsNot() {
    assertThat(
            problems(
                """
                name: e
                executable: e.py
                setup:
                - export API_TOKEN=hunter2
                - login --token 'hunter2'
                - export API_TOKEN=$(cat ~/.token) KEY_FILE=x
                - TOKEN=$SITE_TOKEN
                """))
        .containsExactly(
            "e.yaml:4:3: `setup`: " + SECRET_IN_SETUP, "e.yaml:5:3: `setup`: " + SECRET_IN_SETUP);
  }

  private static final String SECRET_IN_SETUP =
      "the line holds what looks like a secret, and is written into scripts | keep it in a file"
          + " that only you can read, and give the program the file's path; `TOKEN=$(cat FILE)`"
          + " reads it";

  @Test
  void aKeyThatStandsTwiceIsReportedWithBothLines() {
    assertThat(problems("name: a\nexecutable: x\nname: b\n"))
        .containsExactly("e.yaml:3:1: the key `name` stands twice, first in line 1");
  }

  @Test
  void brokenYamlIsReportedWithItsPlace() {
    assertThat(problems("name: a\n tags: [\n"))
        .containsExactly(
            "e.yaml:2:6: not valid YAML: a `:` stands where no value can begin | put text"
                + " with `: ` in quotes, and begin the keys of one level in one column");
    assertThat(problems("- a\n"))
        .containsExactly("e.yaml:1:1: the file must hold `key: value` lines");
    assertThat(problems("# nothing\n")).containsExactly("e.yaml: the file is empty");
    assertThat(problems("name: &a [*a]\n"))
        .containsExactly("e.yaml:1:7: nested deeper than 100 levels, or containing itself");
  }

  @Test
  void theNameMustBeThatOfTheFile() {
    InvalidInputException e =
        catchThrowableOfType(
            InvalidInputException.class,
            () ->
                ExperimentFile.read(
                    "{name: a, executable: x}",
                    "b.yaml",
                    Optional.of(new ExperimentName("b")),
                    List.of()));
    assertThat(e.problems())
        .containsExactly(
            Problem.at(
                    new io.karez.text.Place("b.yaml", 1, 8),
                    "`name`: the file is named `b.yaml`, but it says `a`")
                .hint("write `name: b`, or rename the file to `a.yaml`"));
  }

  @Test
  void whatIsWrittenLooksAsAPersonWouldWriteIt() {
    Experiment experiment =
        read(
            """
            name: e
            executable: run.py
            datasets: iris
            actions: [{name: plot, executable: plot.py}]
            resources: {memory: 2048M, time: 24h}
            setup: module load python
            pass_paths: false
            """);
    assertThat(ExperimentFile.write(experiment))
        .isEqualTo(
            """
            name: e
            description: ''
            path: .
            executable: run.py
            executable_command: ''
            datasets:
            - iris
            tags: []
            actions:
            - plot:
                name: plot
                description: ''
                executable: plot.py
                executable_command: ''
            resources:
              memory: 2G
              time: 1-00:00:00
            setup:
            - module load python
            pass_paths: false
            """);
  }

  @Test
  void readGivesBackWhatWasWritten() {
    Random random = new Random(20_260_101);
    for (int i = 0; i < 500; i++) {
      Experiment experiment = experiment(random);
      String text = ExperimentFile.write(experiment);
      assertThat(
              ExperimentFile.read(
                  text, "e.yaml", Optional.of(experiment.name()), experiment.datasets()))
          .as(text)
          .isEqualTo(experiment);
    }
  }

  private static Experiment experiment(Random random) {
    return new Experiment(
        new ExperimentName("e" + random.nextInt(1000)),
        text(random),
        word(random),
        word(random),
        "python -u",
        many(random, () -> new DatasetName("d" + random.nextInt(1000))),
        many(random, () -> "t " + word(random).replaceAll("[\\x00-\\x1f\\x7f-\\x9f]", "x")),
        many(random, new ActionNames(random)),
        resources(random),
        environment(random),
        many(random, () -> text(random)),
        random.nextBoolean(),
        maybe(random, word(random)),
        policy(random));
  }

  /// Actions with names that differ.
  private static final class ActionNames implements Supplier<Action> {
    private final Random random;
    private int count;

    ActionNames(Random random) {
      this.random = random;
    }

    @Override
    public Action get() {
      String name = "a" + count++ + " " + word(random).replaceAll("[\\x00-\\x1f\\x7f-\\x9f]", "x");
      return new Action(name, text(random), word(random), "'a b' c");
    }
  }

  private static Resources resources(Random random) {
    return new Resources(
        maybe(random, 1 + random.nextInt(9)),
        maybe(random, 1 + random.nextInt(9)),
        maybe(random, 1 + random.nextInt(9)),
        maybe(random, new Memory(1 + random.nextLong(1L << 45))),
        maybe(random, random.nextInt(9)),
        maybe(random, Duration.ofSeconds(1 + random.nextInt(1_000_000))),
        maybe(random, text(random)),
        maybe(random, text(random)));
  }

  private static Environment environment(Random random) {
    Map<String, String> set = new LinkedHashMap<>();
    many(random, () -> set.put("V" + random.nextInt(100), text(random)));
    return new Environment(
        set, maybe(random, many(random, () -> "F" + random.nextInt(100) + "_*")));
  }

  private static RetryPolicy policy(Random random) {
    Map<Cause, RetryPolicy.Again> rules = new LinkedHashMap<>();
    many(
        random,
        () ->
            rules.put(
                List.of(Cause.OOM, Cause.TIMEOUT, Cause.NODE).get(random.nextInt(3)),
                new RetryPolicy.Again(
                    1 + random.nextInt(9), maybe(random, "x1.5"), maybe(random, "2h"))));
    return new RetryPolicy(rules);
  }

  private static <T> Optional<T> maybe(Random random, T value) {
    return random.nextBoolean() ? Optional.of(value) : Optional.empty();
  }

  private static <T> List<T> many(Random random, Supplier<T> one) {
    List<T> all = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      all.add(one.get());
    }
    return all;
  }

  private static String word(Random random) {
    return "w" + text(random);
  }

  private static String text(Random random) {
    String[] parts = {
      "a", "Z", " ", "  ", "'", "\"", ":", ": ", "#", " #", "-", "- ", "?", "[", "]", "{", "}", ",",
      "&", "*", "!", "|", ">", "%", "@", "`", "\\", "\n", "\n\n", "\t", "é", "😀", "null", "~",
      "true", "10.", "0x1F", "1e3", "=", "<<", "---", "...", "\u0085", "\u2028", "\u0007", "\uFEFF",
      "\r", "\r\n", "$HOME"
    };
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      text.append(parts[random.nextInt(parts.length)]);
    }
    return text.toString();
  }
}
