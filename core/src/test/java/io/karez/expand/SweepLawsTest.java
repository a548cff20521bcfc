package io.karez.expand;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What holds for every request, tried on seeded random ones.
class SweepLawsTest {

  /// A request and its jobs' words, made with nothing but nested loops.
  record Made(SweepRequest request, List<List<String>> expected) {}

  static Stream<Made> requests() {
    return LongStream.range(0, 200).mapToObj(seed -> make(new Random(seed)));
  }

  private static Made make(Random random) {
    List<String> words = new ArrayList<>(List.of("first"));
    List<List<String>> swept = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      String key = "k" + i;
      List<String> values = values(random);
      swept.add(values.stream().map(value -> key + "=" + value).toList());
      words.add(key + "=" + String.join(",", values));
    }
    List<String> groups = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      groups.add("--g " + i);
    }
    List<String> ranges = new ArrayList<>();
    List<Integer> lengths = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      lengths.add(1 + random.nextInt(3));
      ranges.add("--r" + i + " 0 " + lengths.getLast());
    }
    int replicas = 1 + random.nextInt(2);

    List<List<String>> expected = new ArrayList<>();
    List<List<String>> tails = new ArrayList<>(List.of(List.of()));
    for (int r = 0; r < ranges.size(); r++) {
      String option = ranges.get(r).split(" ", -1)[0];
      List<List<String>> longer = new ArrayList<>();
      for (int value = 0; value < lengths.get(r); value++) {
        for (List<String> tail : tails) {
          longer.add(joined(tail, List.of(option, "" + value)));
        }
      }
      tails = longer;
    }
    List<List<String>> heads = new ArrayList<>(List.of(List.of("first")));
    for (List<String> axis : swept) {
      heads =
          heads.stream()
              .flatMap(head -> axis.stream().map(word -> joined(head, List.of(word))))
              .toList();
    }
    for (List<String> tail : tails) {
      for (String group : groups.isEmpty() ? List.of("") : groups) {
        for (List<String> head : heads) {
          for (int copy = 0; copy < replicas; copy++) {
            List<String> middle = group.isEmpty() ? List.of() : List.of(group.split(" ", -1));
            expected.add(joined(joined(head, middle), tail));
          }
        }
      }
    }
    return new Made(
        SweepRequest.of(words)
            .withSweep(true)
            .withGroups(groups)
            .withRanges(ranges)
            .withReplicas(replicas),
        expected);
  }

  private static List<String> values(Random random) {
    return List.of("10.", "0755", "[1,2]", "x y").subList(0, 2 + random.nextInt(3));
  }

  private static List<String> joined(List<String> head, List<String> tail) {
    return Stream.concat(head.stream(), tail.stream()).toList();
  }

  @ParameterizedTest
  @MethodSource("requests")
  void theOrderIsThatOfNestedLoops(Made made) {
    Grid grid = (Grid) made.request.expand();
    assertThat(grid.stream().map(ParameterSet::args)).isEqualTo(made.expected);
    assertThat(grid.count()).isEqualTo(made.expected.size());
    List<ParameterSet> iterated = grid.stream().toList();
    assertThat(LongStream.range(0, grid.count()).mapToObj(grid::at)).isEqualTo(iterated);
    assertThat(new HashSet<>(iterated)).hasSize(iterated.size());
  }

  @ParameterizedTest
  @MethodSource("requests")
  void aSampleIsASubsequenceAndGrowsWithItsCount(Made made) {
    List<ParameterSet> all = made.request.expand().stream().toList();
    List<ParameterSet> before = List.of();
    for (int count = 1; count <= all.size(); count++) {
      List<ParameterSet> sample =
          made.request.withReplicas(1).withSample(new Sample(count, 5)).expand().stream().toList();
      assertThat(sample).containsAll(before).hasSizeLessThanOrEqualTo(count);
      before = sample;
    }
    assertThat(before).isEqualTo(made.request.withReplicas(1).expand().stream().toList());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 16, 17, 100, 1_000, 4_097})
  void aPermutationMeetsEveryIndexOnceAndItsRankLeadsBack(long size) {
    for (long seed = 0; seed < 10; seed++) {
      Permutation permutation = Permutation.of(size, seed);
      long[] indices = LongStream.range(0, size).map(permutation::index).toArray();
      assertThat(LongStream.of(indices).sorted().toArray())
          .isEqualTo(LongStream.range(0, size).toArray());
      assertThat(LongStream.of(indices).map(permutation::rank).toArray())
          .isEqualTo(LongStream.range(0, size).toArray());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, 1L << 62, (1L << 40) + 1})
  void aPermutationOfAnySizeStaysBelowIt(long size) {
    Permutation permutation = Permutation.of(size, 11);
    LongStream.range(0, 1_000)
        .forEach(rank -> {
          long index = permutation.index(rank);
          assertThat(index).isBetween(0L, size - 1);
          assertThat(permutation.rank(index)).isEqualTo(rank);
        });
  }

  /// Each of ten values should come first about a thousand times; five deviations are about 150.
  @ParameterizedTest
  @ValueSource(longs = {0, 1_000_000})
  void everyIndexIsChosenAboutEquallyOften(long firstSeed) {
    int[] first = new int[10];
    for (long seed = firstSeed; seed < firstSeed + 10_000; seed++) {
      first[(int) Permutation.of(10, seed).index(0)]++;
    }
    assertThat(IntStream.of(first).boxed())
        .allSatisfy(times -> assertThat(times).isBetween(850, 1_150));
  }
}
