package io.karez.expand;

import static io.karez.expand.Expanded.lines;
import static io.karez.expand.Expanded.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupsAndRangesTest {

  private static SweepRequest words(String... fixed) {
    return SweepRequest.of(List.of(fixed));
  }

  @Test
  void case02_fixedWordsAreOneJobAndHaveNames() {
    assertThat(words("1", "--lr", "0.1", "--flag").expand())
        .containsExactly(
            new ParameterSet(
                List.of("1", "--lr", "0.1", "--flag"),
                Map.of("pos_0", "1", "lr", "0.1", "flag", "true")));
  }

  @Test
  void case04_repeatedOptionsNegativeValuesAndTrailingFlagsStayAsTyped() {
    List<String> typed = List.of("--x", "1", "--x", "2", "--lr", "-1", "-v", "--flag");
    assertThat(SweepRequest.of(typed).expand())
        .containsExactly(
            new ParameterSet(
                typed, Map.of("x", List.of("1", "2"), "lr", "-1", "v", "true", "flag", "true")));
  }

  @Test
  void namesOfWordsWithKeysSeparatorsAndBlanks() {
    List<String> typed =
        List.of("--a=1,2", "model.depth=3", "+x=y=z", "-", "--", "--b", "c d", "", "ä=ö");
    assertThat(SweepRequest.of(typed).expand().iterator().next())
        .isEqualTo(
            new ParameterSet(
                typed,
                Map.of(
                    "a",
                    "1,2",
                    "model.depth",
                    "3",
                    "x",
                    "y=z",
                    "pos_0",
                    "-",
                    "pos_1",
                    "--b",
                    "pos_2",
                    "c d",
                    "pos_3",
                    "",
                    "pos_4",
                    "ä=ö")));
  }

  @Test
  void case05_eachGroupIsOneJob() {
    SweepRequest request =
        words("--seed", "0").withGroups(List.of("--nbins 10", "--nbins 20", "--nbins 30"));
    assertThat(request.expand())
        .containsExactly(
            new ParameterSet(
                List.of("--seed", "0", "--nbins", "10"), Map.of("seed", "0", "nbins", "10")),
            new ParameterSet(
                List.of("--seed", "0", "--nbins", "20"), Map.of("seed", "0", "nbins", "20")),
            new ParameterSet(
                List.of("--seed", "0", "--nbins", "30"), Map.of("seed", "0", "nbins", "30")));
  }

  @Test
  void case06_rangesOutsideGroupsInnermost() {
    SweepRequest request =
        words("--n_samples", "1000")
            .withGroups(List.of("--hd '[100, 50]'", "--hd '[100, 50, 20]'"))
            .withRanges(List.of("--seed 0 10 1"));
    List<String> expected =
        IntStream.range(0, 20)
            .mapToObj(i ->
                "--n_samples 1000 --hd '%s' --seed %d"
                    .formatted(i % 2 == 0 ? "[100, 50]" : "[100, 50, 20]", i / 2))
            .toList();
    assertThat(lines(request)).isEqualTo(expected);
  }

  @Test
  void laterRangesAreOutermost() {
    assertThat(lines(words("x").withRanges(List.of("--a 0 3", "0 2 1"))))
        .containsExactly(
            "x --a 0 0", "x --a 1 0", "x --a 2 0", "x --a 0 1", "x --a 1 1", "x --a 2 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--v 0 1 0.1; 0.0 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9",
        "--v 0 10 1; 0 1 2 3 4 5 6 7 8 9",
        "--v 0 3; 0 1 2",
        "--v 0 2.5 1; 0 1 2",
        "--v 0. 3 1; 0.0 1.0 2.0",
        "--v 5 51 20; 5 25 45",
        "--v 3 0 -1; 3 2 1",
        "--v 1 0 -0.25; 1.00 0.75 0.50 0.25",
        "--v -1 1 .5; -1.0 -0.5 0.0 0.5",
        "--v 1e-3 3e-3 1e-3; 0.001 0.002",
        "--v 0 1e3 5e2; 0.0 500.0",
        "--v 1 1.0000000000000000001 1; 1",
      })
  void case07_rangesAreExact(String range, String expected) {
    assertThat(
            words().withRanges(List.of(range)).expand().stream()
                .map(set -> set.parameters().get("v")))
        .isEqualTo(List.of((Object[]) expected.split(" ", -1)));
  }

  @Test
  void case13_elevenPositionalsAndAGroupAreTwelve() {
    List<String> eleven = IntStream.range(0, 11).mapToObj(i -> "p" + i).toList();
    ParameterSet only = SweepRequest.of(eleven).withGroups(List.of("G")).expand().iterator().next();
    assertThat(only.args()).hasSize(12).endsWith("p9", "p10", "G");
    assertThat(only.parameters())
        .hasSize(12)
        .containsEntry("pos_10", "p10")
        .containsEntry("pos_11", "G");
  }

  @Test
  void case14_quotesInAGroupAreTheShells() {
    assertThat(
            words().withGroups(List.of("--t 'x y'", "")).expand().stream().map(ParameterSet::args))
        .containsExactly(List.of("--t", "x y"), List.of());
  }

  @Test
  void case12_anOptionOfTwoPartsIsRefusedWithAllElseThatIsWrong() {
    SweepRequest request =
        words("--lr", "1", "--seed=0")
            .withGroups(List.of("--lr 2", "--x 'open"))
            .withRanges(
                List.of(
                    "--seed 0 3",
                    "--n 0 1 0",
                    "--n 3 0",
                    "seed 0 1",
                    "--m 1",
                    "--k a 2",
                    "--lr 0 2"));
    assertThat(problems(request::expand))
        .containsExactly(
            "-g: the single quote at character 5 of `--x 'open` is not closed",
            "-R: the range `--n 0 1 0` has step 0, so it would never end",
            "-R: the range `--n 3 0` is empty: from 3 to 0 by 1"
                + " (the stop is not part of a range, and a falling range needs a negative step)",
            "-R: `seed` of the range `seed 0 1` is neither an option nor a number"
                + " (write the option with its dashes: `--seed`)",
            "-R: the range `--m 1` has 1 number, not 2 or 3"
                + " (write `OPTION START STOP STEP`, as in `--seed 0 10 1`)",
            "-R: the start `a` of the range `--k a 2` is not a number",
            "-g: `--lr` is already given by the arguments",
            "-R: `--seed` is already given by the arguments",
            "-R: `--lr` is already given by the arguments");
  }

  @Test
  void numbersTooLongToComputeWithAreRefused() {
    assertThat(problems(() -> words().withRanges(List.of("--n 0 1e999999 1e-999999")).expand()))
        .containsExactly(
            "-R: the stop `1e999999` of the range `--n 0 1e999999 1e-999999` is not a number",
            "-R: the step `1e-999999` of the range `--n 0 1e999999 1e-999999` is not a number");
  }

  @Test
  void wordsThatNoProgramCanReceiveAreRefused() {
    assertThat(problems(() -> words("a", "b\0c").withGroups(List.of("\uD800")).expand()))
        .containsExactly(
            "the arguments: word 2 holds a NUL character, which no program argument can carry",
            "-g: word 1 is not valid Unicode (a lone surrogate)");
  }
}
