package io.karez.expand;

import io.karez.text.Nearest;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.Problems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Makes axes advance together, where the slowest of them stood.
///
/// @param links names separated by commas: `lr,seed`
record Links(List<String> links, Problems problems) {
  private static final Place PLACE = Place.of("--link");

  /// @param nest outermost first
  List<List<Axis>> apply(List<List<Axis>> nest) {
    List<List<Axis>> linked = nest;
    for (String link : links) {
      List<String> names = Arrays.stream(link.split(",", -1)).map(String::strip).toList();
      if (names.size() < 2) {
        problems.add(
            Problem.at(PLACE, "`" + link + "` is one name")
                .hint("write two or more, as in `lr,seed`"));
        continue;
      }
      List<List<Axis>> together = new ArrayList<>();
      for (String name : names) {
        find(name, linked).filter(axes -> !together.contains(axes)).ifPresent(together::add);
      }
      if (sameLength(link, names, together)) {
        linked = merged(linked, together);
      }
    }
    return linked;
  }

  private Optional<List<Axis>> find(String name, List<List<Axis>> nest) {
    Optional<List<Axis>> found =
        nest.stream().filter(axes -> axes.stream().anyMatch(axis -> axis.sets(name))).findFirst();
    if (found.isEmpty()) {
      Set<String> known =
          nest.stream()
              .flatMap(List::stream)
              .flatMap(axis -> axis.keys().keySet().stream())
              .map(Argument::name)
              .collect(Collectors.toCollection(TreeSet::new));
      Problem problem = Problem.at(PLACE, "no axis sets `" + name + "`");
      Optional<String> hint =
          Nearest.to(name, known)
              .map(near -> "did you mean `" + near + "`?")
              .or(() ->
                  known.isEmpty()
                      ? Optional.empty()
                      : Optional.of("axes: `" + String.join("`, `", known) + "`"));
      problems.add(hint.map(problem::hint).orElse(problem));
    }
    return found;
  }

  private boolean sameLength(String link, List<String> names, List<List<Axis>> together) {
    List<Long> sizes = together.stream().map(axes -> axes.getFirst().size()).toList();
    if (sizes.stream().distinct().count() <= 1) {
      return !sizes.isEmpty();
    }
    String lengths =
        names.stream()
            .flatMap(name ->
                together.stream()
                    .filter(axes -> axes.stream().anyMatch(axis -> axis.sets(name)))
                    .map(axes -> "`" + name + "` has " + axes.getFirst().size() + " values"))
            .collect(Collectors.joining(", "));
    problems.add(Problem.at(PLACE, "`" + link + "` cannot advance together: " + lengths));
    return false;
  }

  private static List<List<Axis>> merged(List<List<Axis>> nest, List<List<Axis>> together) {
    List<List<Axis>> result = new ArrayList<>();
    boolean placed = false;
    for (List<Axis> axes : nest) {
      if (!together.contains(axes)) {
        result.add(axes);
      } else if (!placed) {
        placed = true;
        result.add(together.stream().flatMap(List::stream).toList());
      }
    }
    return result;
  }
}
