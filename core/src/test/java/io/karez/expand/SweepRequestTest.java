package io.karez.expand;

import static io.karez.expand.Expanded.lines;
import static io.karez.expand.Expanded.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepRequestTest {

  private static SweepRequest swept(String... words) {
    return SweepRequest.of(List.of(words)).withSweep(true);
  }

  private static Table table(String text) {
    return Table.read("t.csv", TableFormat.CSV, () -> new StringReader(text));
  }

  @Test
  void nothingToVaryIsOneJob() {
    assertThat(SweepRequest.of(List.of()).expand())
        .containsExactly(new ParameterSet(List.of(), Map.of()));
  }

  @Test
  void case62_allCombinationsWithTheLastKeyFastest() {
    assertThat(lines(swept("h=5,6", "--g_param=a,b")))
        .containsExactly(
            "h=5 --g_param=a", "h=5 --g_param=b", "h=6 --g_param=a", "h=6 --g_param=b");
  }

  @Test
  void case62_linkedAxesStepTogether() {
    assertThat(lines(swept("h=5,6", "g=7,8").withLinks(List.of("h,g"))))
        .containsExactly("h=5 g=7", "h=6 g=8");
  }

  @Test
  void linkedAxesStandWhereTheSlowestOfThemStood() {
    SweepRequest request =
        swept("a=1,2", "b=x,y", "c=5,6")
            .withRanges(List.of("--r 0 2"))
            .withLinks(List.of("c, --r"));
    assertThat(lines(request))
        .containsExactly(
            "a=1 b=x c=5 --r 0",
            "a=1 b=y c=5 --r 0",
            "a=2 b=x c=5 --r 0",
            "a=2 b=y c=5 --r 0",
            "a=1 b=x c=6 --r 1",
            "a=1 b=y c=6 --r 1",
            "a=2 b=x c=6 --r 1",
            "a=2 b=y c=6 --r 1");
  }

  @Test
  void linksChain() {
    assertThat(lines(swept("a=1,2", "b=x,y", "c=5,6").withLinks(List.of("a,b", "b,c"))))
        .containsExactly("a=1 b=x c=5", "a=2 b=y c=6");
  }

  @Test
  void groupsLinkByAnyOptionTheySet() {
    SweepRequest request =
        SweepRequest.of(List.of())
            .withGroups(List.of("--hd 5", "--wd 6"))
            .withRanges(List.of("--seed 0 2"))
            .withLinks(List.of("seed,wd"));
    assertThat(lines(request)).containsExactly("--hd 5 --seed 0", "--wd 6 --seed 1");
  }

  @Test
  void linksThatCannotBeAreNamedWithTheirLengths() {
    assertThat(
            problems(() ->
                swept("lr=1,2,3", "seed=1,2", "n=1,2,3", "opt=a,b")
                    .withLinks(List.of("lr,seed,n", "lr,sed", "opt"))
                    .expand()))
        .containsExactly(
            "--link: `lr,seed,n` cannot advance together: `lr` has 3 values, `seed` has 2 values,"
                + " `n` has 3 values",
            "--link: no axis sets `sed` (did you mean `seed`?)",
            "--link: `opt` is one name (write two or more, as in `lr,seed`)");
    assertThat(problems(() -> swept("lr=1,2", "seed=1,2").withLinks(List.of("lr,xyz")).expand()))
        .containsExactly("--link: no axis sets `xyz` (axes: `lr`, `seed`)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "seed > 1; lr=10. seed=2|lr=1. seed=2",
        "config.lr == 10; lr=10. seed=1|lr=10. seed=2",
        "~ (lr == 1 & seed == 2); lr=10. seed=1|lr=10. seed=2|lr=1. seed=1",
        "lr == 3; ``",
      })
  void filtersChooseByTheParameters(String filter, String expected) {
    Sweep sweep = swept("lr=10.,1.", "seed=1,2").withFilter(filter).expand();
    assertThat(String.join("|", lines(sweep))).isEqualTo(expected);
    assertThat(sweep.size()).isEmpty();
  }

  @Test
  void aFilterOverAnUnknownNameIsRefusedSinceItWouldChooseNothing() {
    assertThat(
            problems(() ->
                swept("lr=1,2", "x", "seed=3")
                    .withFilter("lrr < 2 & seed == 3 & pos_0 == 'x' & config.sed == 1")
                    .expand()))
        .containsExactly(
            "--filter:1:1: no job of this sweep has a parameter `lrr` (did you mean `lr`?)",
            "--filter:1:38: no job of this sweep has a parameter `sed` (did you mean `seed`?)");
    assertThat(problems(() -> swept("a=1,,2").withFilter("a = 1").expand()))
        .containsExactly(
            "--sweep: `a=1,,2`: a value between the commas is empty"
                + " (write `''` for empty text, `\\,` for a plain comma)",
            "--filter:1:3: expected `==`, `!=`, `<`, `<=`, `>`, `>=` or `in`, found `=` (\"equals\""
                + " is written `==`)");
  }

  @Test
  void filtersSeeTableColumns() {
    SweepRequest request =
        SweepRequest.of(List.of()).withTable(table("lr,n\n1,5\n2,6\n")).withFilter("lr == 2");
    assertThat(lines(request)).containsExactly("--lr 2 --n 6");
  }

  @Test
  void case62_replicasRepeatEachSetAndAddNoArgument() {
    assertThat(swept("a=1,2").withReplicas(2).expand())
        .containsExactly(
            new ParameterSet(List.of("a=1"), Map.of("a", "1", "replica", "0")),
            new ParameterSet(List.of("a=1"), Map.of("a", "1", "replica", "1")),
            new ParameterSet(List.of("a=2"), Map.of("a", "2", "replica", "0")),
            new ParameterSet(List.of("a=2"), Map.of("a", "2", "replica", "1")));
    Sweep filtered = swept("a=1,2").withFilter("a == 2").withReplicas(2).expand();
    assertThat(filtered.stream().map(set -> set.parameters().get("replica")))
        .containsExactly("0", "1");
    assertThat(filtered.size()).isEmpty();
  }

  @Test
  void case62_aSampleIsDistinctReproducibleAndInOrder() {
    SweepRequest five = swept("a=1,2,3,4,5").withSample(new Sample(4, 7));
    List<String> sample = lines(five);
    assertThat(sample).hasSize(4).doesNotHaveDuplicates().isSorted().isEqualTo(lines(five));
    assertThat(five.expand().size()).isEqualTo(OptionalLong.of(4));
    assertThat(lines(swept("a=1,2,3").withSample(new Sample(10, 0))))
        .containsExactly("a=1", "a=2", "a=3");
  }

  @Test
  void theSeedsMeaningNeverChanges() {
    assertThat(lines(swept("a=range(0,1000)").withSample(new Sample(5, 42))))
        .containsExactly("a=242", "a=285", "a=670", "a=819", "a=866");
  }

  @Test
  void aSampleOfATableIsTheSampleOfTheSameGrid() {
    String rows =
        "--n\n"
            + String.join(
                "\n", java.util.stream.IntStream.range(0, 200).mapToObj(i -> "" + i).toList());
    for (long seed = 0; seed < 20; seed++) {
      for (String filter : List.of("", "n >= 50 & ~ n in [60, 70]")) {
        Sample sample = new Sample(7, seed);
        SweepRequest grid =
            SweepRequest.of(List.of())
                .withRanges(List.of("--n 0 200"))
                .withFilter(filter)
                .withSample(sample);
        SweepRequest table =
            SweepRequest.of(List.of()).withTable(table(rows)).withFilter(filter).withSample(sample);
        assertThat(lines(table)).isEqualTo(lines(grid)).hasSize(7);
      }
    }
  }

  @Test
  void countsBelowOneAreRefused() {
    assertThat(problems(() -> swept("a=1,2").withReplicas(0).withSample(new Sample(0, 1)).expand()))
        .containsExactly(
            "at least 1 replica is needed, not 0", "a sample has at least 1 combination, not 0");
  }

  @Test
  void moreCombinationsThanCanBeCountedAreRefused() {
    SweepRequest vast = swept("a=range(4000000000)", "b=range(4000000000)");
    assertThat(problems(vast::expand))
        .containsExactly("the sweep has more combinations than can be counted, above 9.2e18");
    assertThat(
            problems(
                () -> swept("a=range(4000000000)", "b=range(2000000000)").withReplicas(2).expand()))
        .containsExactly("the sweep has more combinations than can be counted, above 9.2e18");
  }

  @Test
  void aGridOfATrillionIsImmediateAtAnyPlace() {
    Grid grid = (Grid) swept("a=range(1000000)", "b=range(1000000)").expand();
    assertThat(grid.size()).isEqualTo(OptionalLong.of(1_000_000_000_000L));
    assertThat(grid.iterator().next().args()).containsExactly("a=0", "b=0");
    assertThat(grid.at(999_999_999_999L).args()).containsExactly("a=999999", "b=999999");
    assertThatThrownBy(() -> grid.at(1_000_000_000_000L))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(
            swept("a=range(1000000)", "b=range(1000000)").withSample(new Sample(1_000, 3)).expand())
        .hasSize(1_000)
        .doesNotHaveDuplicates();
    SweepRequest inRows =
        swept("a=range(1000000)", "b=range(1000000)").withTable(table("c\n1\n2\n"));
    assertThat(inRows.expand().iterator().next().args()).containsExactly("a=0", "b=0", "--c", "1");
    assertThat(inRows.withFilter("b == 5").withReplicas(3).expand().iterator().next().args())
        .containsExactly("a=0", "b=5", "--c", "1");
  }
}
