package io.karez.expand;

import io.karez.query.Query;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.stream.LongStream;

/// A random choice without replacement, the same for the same seed: at most `count` sets, in the
/// order of expansion.
///
/// The seed makes a permutation of all sets; the sample is those that come first in it and pass the
/// filter. So a larger sample with the same seed contains the smaller one.
public record Sample(long count, long seed) {

  Sweep of(Sweep sweep, Query filter) {
    return sweep instanceof Grid grid ? drawn(grid, filter) : new Sequential(sweep, filter, this);
  }

  /// Looks at no more sets than it must.
  private Grid drawn(Grid grid, Query filter) {
    Permutation permutation = Permutation.of(grid.count(), seed);
    boolean all = filter instanceof Query.Everything;
    long[] chosen =
        LongStream.range(0, grid.count())
            .map(permutation::index)
            .filter(index -> all || Filtered.holds(filter, grid.at(index)))
            .limit(count)
            .sorted()
            .toArray();
    return new Chosen(grid, chosen);
  }

  private static final class Chosen implements Grid {
    private final Grid grid;
    private final long[] indices;

    Chosen(Grid grid, long[] indices) {
      this.grid = grid;
      this.indices = indices;
    }

    @Override
    public long count() {
      return indices.length;
    }

    @Override
    public ParameterSet at(long index) {
      return grid.at(indices[Math.toIntExact(index)]);
    }
  }

  private record Ranked(long rank, long index, ParameterSet set) {}

  /// For a sweep that can only be read from its beginning: reads all, holds as many sets as the
  /// sample has.
  private record Sequential(Sweep sweep, Query filter, Sample sample) implements Sweep {
    @Override
    public OptionalLong size() {
      return filter instanceof Query.Everything && sweep.size().isPresent()
          ? OptionalLong.of(Math.min(sample.count, sweep.size().getAsLong()))
          : OptionalLong.empty();
    }

    @Override
    public Iterator<ParameterSet> iterator() {
      Permutation permutation = Permutation.of(sweep.size().orElseThrow(), sample.seed);
      PriorityQueue<Ranked> best =
          new PriorityQueue<>(Comparator.comparingLong(Ranked::rank).reversed());
      long index = 0;
      for (ParameterSet set : sweep) {
        long rank = permutation.rank(index);
        boolean small = best.size() < sample.count || rank < best.element().rank;
        if (small && Filtered.holds(filter, set)) {
          best.add(new Ranked(rank, index, set));
          if (best.size() > sample.count) {
            best.remove();
          }
        }
        index++;
      }
      List<Ranked> ordered = new ArrayList<>(best);
      ordered.sort(Comparator.comparingLong(Ranked::index));
      return ordered.stream().map(Ranked::set).iterator();
    }
  }
}
