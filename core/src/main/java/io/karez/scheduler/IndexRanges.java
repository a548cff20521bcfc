package io.karez.scheduler;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/// Indices of an array's jobs, in the notation that batch systems share.
public final class IndexRanges {
  /// No system has more: Slurm's MaxArraySize, which is among the highest, can be no larger
  /// (slurm.conf(5)).
  public static final int MOST = 4_000_001;

  private IndexRanges() {}

  /// The indices of `3-6,9,12-20:4`; none when that cannot be read.
  public static List<Integer> indices(String text) {
    List<Integer> indices = new ArrayList<>();
    for (String range : text.split(",")) {
      String[] step = range.split(":");
      String[] ends = step[0].split("-");
      Optional<Integer> first = count(ends[0]);
      Optional<Integer> last = count(ends[ends.length - 1]);
      int by = step.length > 1 ? count(step[1]).orElse(1) : 1;
      if (first.isEmpty() || last.isEmpty() || last.get() > MOST || by < 1) {
        return List.of();
      }
      for (int index = first.get(); index <= last.get(); index += by) {
        indices.add(index);
      }
    }
    return indices;
  }

  /// `0-3,7,9-10`.
  public static String text(SortedSet<Integer> indices) {
    StringBuilder text = new StringBuilder();
    Iterator<Integer> rest = indices.iterator();
    Integer next = rest.hasNext() ? rest.next() : null;
    while (next != null) {
      int first = next;
      int last = next;
      next = rest.hasNext() ? rest.next() : null;
      while (next != null && next == last + 1) {
        last = next;
        next = rest.hasNext() ? rest.next() : null;
      }
      text.append(text.isEmpty() ? "" : ",").append(first);
      if (last > first) {
        text.append('-').append(last);
      }
    }
    return text.toString();
  }

  private static Optional<Integer> count(String text) {
    return text.matches("[0-9]{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
  }
}
