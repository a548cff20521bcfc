package io.karez.inspect;

import io.karez.expand.ParameterSet;
import io.karez.expand.Sweep;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.StreamSupport;

/// Those sets of a sweep that have not succeeded yet. A set that is asked for several times
/// (replicas) counts as often as it has succeeded.
///
/// @param succeeded how often each list of arguments has succeeded
public record Missing(Sweep all, Map<List<String>, Integer> succeeded) implements Sweep {

  public Missing {
    succeeded = Map.copyOf(succeeded);
  }

  @Override
  public OptionalLong size() {
    return OptionalLong.empty();
  }

  @Override
  public Iterator<ParameterSet> iterator() {
    Map<List<String>, Integer> left = new HashMap<>(succeeded);
    return StreamSupport.stream(all.spliterator(), false)
        .filter(set -> left.merge(set.args(), -1, Integer::sum) < 0)
        .iterator();
  }
}
