package io.karez.inspect;

import io.karez.define.RunId;
import io.karez.expand.ParameterSet;
import io.karez.expand.Sweep;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/// Those sets of a sweep that have not succeeded yet. A set that is asked for several times
/// (replicas) counts as often as it has succeeded.
///
/// @param succeeded the run of each success of a list of arguments
public record Missing(Sweep all, Map<List<String>, List<RunId>> succeeded) implements Sweep {

  public Missing {
    succeeded = Map.copyOf(succeeded);
  }

  /// @param sets how many there are in all
  /// @param leftOut how many of them have succeeded
  /// @param runs where
  public record LeftOut(long sets, long leftOut, NavigableSet<RunId> runs) {}

  @Override
  public OptionalLong size() {
    return OptionalLong.empty();
  }

  @Override
  public Iterator<ParameterSet> iterator() {
    Taken taken = new Taken();
    return StreamSupport.stream(all.spliterator(), false)
        .filter(set -> taken.next(set).isEmpty())
        .iterator();
  }

  /// Goes through the sweep.
  public LeftOut leftOut() {
    Taken taken = new Taken();
    long sets = 0;
    long leftOut = 0;
    NavigableSet<RunId> runs = new TreeSet<>();
    for (ParameterSet set : all) {
      Optional<RunId> run = taken.next(set);
      sets++;
      leftOut += run.isPresent() ? 1 : 0;
      run.ifPresent(runs::add);
    }
    return new LeftOut(sets, leftOut, runs);
  }

  /// Gives every success to one set.
  private final class Taken {
    private final Map<List<String>, Integer> counts = new HashMap<>();

    Optional<RunId> next(ParameterSet set) {
      List<RunId> runs = succeeded.getOrDefault(set.args(), List.of());
      if (runs.isEmpty()) {
        return Optional.empty();
      }
      int before = counts.merge(set.args(), 1, Integer::sum) - 1;
      return before < runs.size() ? Optional.of(runs.get(before)) : Optional.empty();
    }
  }
}
