package io.karez.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

  /// num_units 2,3,4 x lr 10.,1. x seed 1,2,3, of which every third is still running.
  private static List<Facts> case55Runs() {
    List<Facts> runs = new ArrayList<>();
    for (String units : List.of("2", "3", "4")) {
      for (String lr : List.of("10.", "1.")) {
        for (String seed : List.of("1", "2", "3")) {
          runs.add(
              facts(
                  Map.of(
                      "info.status", List.of("SUCCEEDED", "COMPLETE"),
                      "config.model.num_units", units,
                      "config.optimizer.lr", lr,
                      "config.seed", seed),
                  0.5));
        }
      }
    }
    return runs;
  }

  private static Facts facts(Map<String, Object> values, double lowestLoss) {
    return new Facts() {
      @Override
      public Optional<Object> value(String name) {
        return Optional.ofNullable(values.get(name));
      }

      @Override
      public OptionalDouble metric(MetricFunction function, String name) {
        return function == MetricFunction.MIN && name.equals("train.loss")
            ? OptionalDouble.of(lowestLoss)
            : OptionalDouble.empty();
      }
    };
  }

  private static Query runs(String query) {
    return Query.parse(query, "--query", Vocabulary.RUNS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "info.status in ['COMPLETE','RUNNING'] & config.optimizer.lr > 0.1; 18",
        "~ config.seed in [1,4]; 12",
        "(config.seed == 0 | config.optimizer.lr > 1.) & config.optimizer.lr < 1.; 0",
        "''; 18",
        // `&` first: 9 with lr 1. and seed 1..3, plus those with seed 1 and lr 10.
        "config.optimizer.lr == 1 | config.seed == 1 & config.optimizer.lr == 10; 12",
        "(config.optimizer.lr == 1 | config.seed == 1) & config.optimizer.lr == 10; 3",
        // `~` first: not seed 1, and lr 10.
        "~ config.seed == 1 & config.optimizer.lr == 10; 6",
        "~ (config.seed == 1 & config.optimizer.lr == 10); 15",
      })
  void case55_queriesOverEighteenRuns(String query, long expected) {
    Query parsed = runs(query);
    assertThat(case55Runs().stream().filter(parsed::matches)).hasSize((int) expected);
  }

  @Test
  void case56_exponentsParse() {
    assertThat(
            runs("config.optimizer.lr < 1e-2")
                .matches(facts(Map.of("config.optimizer.lr", "9e-3"), 0)))
        .isTrue();
    assertThat(
            runs("config.optimizer.lr < 1e-2")
                .matches(facts(Map.of("config.optimizer.lr", "0.01"), 0)))
        .isFalse();
  }

  @Test
  void case56_metricPredicatesAreAllowed() {
    assertThat(runs("min(train.loss) < 0.1").matches(facts(Map.of(), 0.05))).isTrue();
    assertThat(runs("min(train.loss) < 0.1").matches(facts(Map.of(), 0.1))).isFalse();
    assertThat(runs("max(train.loss) < 0.1").matches(facts(Map.of(), 0.05))).isFalse();
  }

  @Test
  void case56_unknownPrefixesAreNamedWithTheValidOnesAllAtOnce() {
    assertThat(problems("infos.status == 'COMPLETE' & lr < 1 | seed.x == 2", Vocabulary.RUNS))
        .containsExactly(
            "--query:1:1: unknown prefix `infos` in `infos.status`; valid prefixes: `config.`,"
                + " `info.` (did you mean `info.status`?)",
            "--query:1:30: `lr` has no prefix; valid prefixes: `config.`, `info.` (`config.lr` is"
                + " the parameter)",
            "--query:1:39: unknown prefix `seed` in `seed.x`; valid prefixes: `config.`, `info.`");
  }

  @Test
  void parametersAreNamedBareOrAsConfig() {
    Facts facts = Facts.ofParameters(Map.of("optimizer.lr", "10.", "seed", "3"));
    Query query =
        Query.parse(
            "optimizer.lr == 10 & config.optimizer.lr == 10 & seed < 4",
            "--filter",
            Vocabulary.PARAMETERS);
    assertThat(query.matches(facts)).isTrue();
    assertThat(problems("info.status == 1 & min(a.b) < 1", Vocabulary.PARAMETERS))
        .containsExactly(
            "--query:1:1: unknown prefix `info` in `info.status`; valid prefixes: `config.`, or no"
                + " prefix",
            "--query:1:20: `min(a.b)` asks for a metric; there are none before the jobs ran");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "config.a == 1",
        "config.a != 1",
        "config.a < 1",
        "config.a in [1]",
        "max(train.loss) > 0"
      })
  void aMissingNameMakesItsComparisonFalse(String query) {
    assertThat(runs(query).matches(facts(Map.of(), 0))).isFalse();
    assertThat(runs("~ " + query).matches(facts(Map.of(), 0))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "10.; == 10; true",
        "10.; == '10'; false",
        "10.; == '10.'; true",
        "9; < 10; true",
        "9; < '10'; false",
        "adam; < 10; false",
        "adam; != 10; true",
        "adam; in [1, 'adam']; true",
        "adam; in []; false",
        "True; == true; true",
        "true; == 1; false",
        "null; == None; true",
        "x; != None; true",
        "inf; > 1e300; true",
        "nan; < 1; false",
        "nan; >= 1; false",
        "1e-3; == .001; true",
        "it's; == \"it's\"; true",
        "it's; == 'it\\'s'; true",
      })
  void textValuesCompareAsWhatTheyAre(String value, String comparison, boolean expected) {
    assertThat(runs("config.a " + comparison).matches(facts(Map.of("config.a", value), 0)))
        .isEqualTo(expected);
  }

  @Test
  void numbersAndTruthValuesOfAnyTypeCompare() {
    Facts facts =
        facts(
            Map.of(
                "info.exit_code",
                3L,
                "info.dirty",
                true,
                "info.elapsed",
                2.5,
                "info.end",
                Literal.None.NONE),
            0);
    assertThat(
            runs("info.exit_code == 3 & info.dirty == True & info.elapsed >= 2.5 & info.end =="
                    + " None")
                .matches(facts))
        .isTrue();
    assertThat(
            runs("info.exit_code != 3 | info.dirty != True | info.dirty == 1 | info.end != null")
                .matches(facts))
        .isFalse();
  }

  @Test
  void oneOfSeveralValuesIsEnough() {
    Facts facts = facts(Map.of("info.tags", Arrays.asList("DOC", "paper", null)), 0);
    assertThat(runs("info.tags == None").matches(facts)).isTrue();
    assertThat(runs("info.tags == 'paper'").matches(facts)).isTrue();
    assertThat(runs("info.tags != 'paper'").matches(facts)).isFalse();
    assertThat(runs("info.tags in ['x', 'DOC']").matches(facts)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "config.a; --query:1:9: expected `==`, `!=`, `<`, `<=`, `>`, `>=` or `in`, found the end",
        "config.a = 1; --query:1:10: expected `==`, `!=`, `<`, `<=`, `>`, `>=` or `in`, found `=`"
            + " (\"equals\" is written `==`)",
        "config.a == adam; --query:1:13: expected a value, found the name `adam` (write text in"
            + " quotes: `'adam'`)",
        "lr <; --query:1:5: expected a value such as `0.1` or `'adam'`, found the end",
        "config.a == 10abc; --query:1:13: `10abc` is not a number (write text in quotes:"
            + " `'10abc'`)",
        "config.a == 'x; --query:1:13: the quote `'` is not closed",
        "(config.a == 1; --query:1:15: the parenthesis at column 1 is not closed, found the end",
        "config.a == 1); --query:1:14: expected `&`, `|` or the end, found `)`",
        "config.a == 1 and config.b == 2; --query:1:15: expected `&`, `|` or the end, found `and`"
            + " (\"and\" is written `&`)",
        "config.a not in [1]; --query:1:10: expected `==`, `!=`, `<`, `<=`, `>`, `>=` or `in`,"
            + " found `not` (\"not\" is written `~`, before the comparison)",
        "1 < config.a; --query:1:1: expected a name, found `1`",
        "config.a in 1; --query:1:13: expected a list such as `[1, 2]`, found `1`",
        "config.a in [1 2]; --query:1:16: expected `,` or `]`, found `2`",
        "config.a < True; --query:1:12: `<` needs a number or text, not `True`",
        "minn(train.loss) < 1; --query:1:1: unknown function `minn`, valid: min, max, mean, first,"
            + " last (did you mean `min`?)",
        "config.a == $x; --query:1:13: `$` has no meaning here",
        "&; --query:1:1: expected a name, found `&`",
      })
  void faultsNameTheColumnAndWhatToDo(String query, String expected) {
    assertThat(problems(query, Vocabulary.RUNS)).containsExactly(expected);
  }

  @Test
  void deepNestingIsRefusedAndLongChainsAreNot() {
    assertThat(problems("~".repeat(100_000) + "config.a == 1", Vocabulary.RUNS))
        .containsExactly("--query:1:201: the query is nested more than 200 deep");
    String chain =
        String.join(" | ", IntStream.range(0, 20_000).mapToObj(i -> "config.a == " + i).toList());
    assertThat(runs(chain).matches(facts(Map.of("config.a", "19999"), 0))).isTrue();
  }

  /// Builds random queries together with their meaning, and writes them without superfluous
  /// parentheses.
  @Test
  void precedenceIsNotThenAndThenOr() {
    Random random = new Random(55);
    for (int i = 0; i < 2_000; i++) {
      Made made = orExpression(random, 4);
      Query query = runs(made.text);
      for (int bits = 0; bits < 8; bits++) {
        int values = bits;
        Facts facts =
            facts(
                Map.of(
                    "config.x0",
                    "" + (bits & 1),
                    "config.x1",
                    "" + (bits >> 1 & 1),
                    "config.x2",
                    "" + (bits >> 2 & 1)),
                0);
        assertThat(query.matches(facts))
            .as(made.text + " with " + bits)
            .isEqualTo(made.meaning.test(values));
      }
    }
  }

  private record Made(String text, Predicate<Integer> meaning) {}

  private static Made orExpression(Random random, int depth) {
    Made left = andExpression(random, depth - 1);
    if (random.nextInt(3) > 0) {
      Made right = andExpression(random, depth - 1);
      return new Made(left.text + "|" + right.text, left.meaning.or(right.meaning));
    }
    return left;
  }

  private static Made andExpression(Random random, int depth) {
    Made left = notExpression(random, depth);
    if (random.nextInt(3) > 0) {
      Made right = notExpression(random, depth);
      return new Made(left.text + " & " + right.text, left.meaning.and(right.meaning));
    }
    return left;
  }

  private static Made notExpression(Random random, int depth) {
    if (random.nextInt(3) == 0) {
      Made inner = notExpression(random, depth);
      return new Made("~" + inner.text, inner.meaning.negate());
    }
    if (depth > 0 && random.nextBoolean()) {
      Made inner = orExpression(random, depth - 1);
      return new Made("(" + inner.text + ")", inner.meaning);
    }
    int variable = random.nextInt(3);
    return new Made("config.x" + variable + " == 1", bits -> (bits >> variable & 1) == 1);
  }

  private static List<String> problems(String query, Vocabulary vocabulary) {
    InvalidInputException thrown =
        catchThrowableOfType(
            InvalidInputException.class, () -> Query.parse(query, "--query", vocabulary));
    return thrown.problems().stream().map(QueryTest::shown).toList();
  }

  private static String shown(Problem problem) {
    return problem.sentence() + problem.hint().map(hint -> " (" + hint + ")").orElse("");
  }
}
