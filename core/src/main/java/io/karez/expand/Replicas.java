package io.karez.expand;

import java.util.Iterator;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/// Each set several times over, one copy after the other, told apart by the parameter `replica`.
final class Replicas {
  private Replicas() {}

  static Sweep of(Sweep sweep, int copies) {
    if (copies == 1) {
      return sweep;
    }
    return sweep instanceof Grid grid ? new InGrid(grid, copies) : new InSweep(sweep, copies);
  }

  private record InGrid(Grid grid, int copies) implements Grid {
    InGrid {
      Counts.times(grid.count(), copies);
    }

    @Override
    public long count() {
      return grid.count() * copies;
    }

    @Override
    public ParameterSet at(long index) {
      Objects.checkIndex(index, count());
      return grid.at(index / copies).replica((int) (index % copies));
    }
  }

  private record InSweep(Sweep sweep, int copies) implements Sweep {
    InSweep {
      sweep.size().ifPresent(sets -> Counts.times(sets, copies));
    }

    @Override
    public OptionalLong size() {
      OptionalLong sets = sweep.size();
      return sets.isPresent() ? OptionalLong.of(sets.getAsLong() * copies) : sets;
    }

    @Override
    public Iterator<ParameterSet> iterator() {
      return sweep.stream()
          .flatMap(set -> IntStream.range(0, copies).mapToObj(set::replica))
          .iterator();
    }
  }
}
