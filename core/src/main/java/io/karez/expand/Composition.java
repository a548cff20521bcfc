package io.karez.expand;

import io.karez.query.Operand;
import io.karez.query.Query;
import io.karez.query.Vocabulary;
import io.karez.text.InvalidInputException;
import io.karez.text.Nearest;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.Problems;
import io.karez.text.ShellWords;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Puts the parts of a request together and checks them against each other.
final class Composition {
  private static final Place FIXED = Place.of("the arguments");
  private static final Place GROUP = Place.of("-g");
  private static final Place FILTER = Place.of("--filter");

  private final SweepRequest request;
  private final Problems problems = new Problems();

  Composition(SweepRequest request) {
    this.request = request;
  }

  Sweep sweep() {
    List<Piece> fixed = fixed();
    Optional<Axis> groups = groups();
    List<Axis> ranges = ranges();

    List<Piece> pieces = new ArrayList<>(fixed);
    request.file().ifPresent(file -> pieces.addAll(file.pieces()));
    groups.ifPresent(axis -> pieces.add(new Piece.Varying(axis)));
    ranges.forEach(axis -> pieces.add(new Piece.Varying(axis)));

    List<List<Axis>> nest = new ArrayList<>();
    ranges.forEach(axis -> nest.addFirst(List.of(axis)));
    request.file().ifPresent(file -> file.ranges().forEach(axis -> nest.addFirst(List.of(axis))));
    request.file().map(ParameterFile::groups).filter(axes -> !axes.isEmpty()).ifPresent(nest::add);
    groups.ifPresent(axis -> nest.add(List.of(axis)));
    for (Piece piece : fixed) {
      if (piece instanceof Piece.Varying(Axis axis)) {
        nest.add(List.of(axis));
      }
    }

    checkCounts();
    Set<String> names = checkKeys(pieces);
    List<List<Axis>> linked = new Links(request.links(), problems).apply(nest);
    Query filter = filter(names);
    problems.throwIfAny();
    return sweep(new Product(pieces, linked), filter);
  }

  private Sweep sweep(Product product, Query filter) {
    Sweep all = request.table().<Sweep>map(table -> new RowSweep(table, product)).orElse(product);
    Sweep some =
        request
            .sample()
            .map(sample -> sample.of(all, filter))
            .orElseGet(() -> filter instanceof Query.Everything ? all : new Filtered(all, filter));
    return Replicas.of(some, request.replicas());
  }

  private List<Piece> fixed() {
    if (request.sweep()) {
      return new SweepWords(problems).read(request.fixed(), FIXED);
    }
    checkWords(request.fixed(), FIXED);
    return List.of(Piece.fixed(Argument.read(request.fixed()), FIXED));
  }

  private Optional<Axis> groups() {
    List<List<Argument>> choices = new ArrayList<>();
    for (String group : request.groups()) {
      try {
        List<String> words = ShellWords.split(group, GROUP);
        checkWords(words, GROUP);
        choices.add(Argument.read(words));
      } catch (InvalidInputException e) {
        e.problems().forEach(problems::add);
      }
    }
    return choices.isEmpty() ? Optional.empty() : Optional.of(Axis.of("-g", GROUP, choices));
  }

  private List<Axis> ranges() {
    List<Axis> axes = new ArrayList<>();
    for (String range : request.ranges()) {
      try {
        RangeOption.read(range, problems).ifPresent(axes::add);
      } catch (InvalidInputException e) {
        e.problems().forEach(problems::add);
      }
    }
    return axes;
  }

  private void checkWords(List<String> words, Place place) {
    for (int i = 0; i < words.size(); i++) {
      String refusal = ShellWords.refusal(words.get(i));
      if (refusal != null) {
        problems.add(Problem.at(place, "word " + (i + 1) + " " + refusal));
      }
    }
  }

  private void checkCounts() {
    if (request.replicas() < 1) {
      problems.add(Problem.of("at least 1 replica is needed, not " + request.replicas()));
    }
    request
        .sample()
        .filter(sample -> sample.count() < 1)
        .ifPresent(sample ->
            problems.add(Problem.of("a sample has at least 1 combination, not " + sample.count())));
  }

  /// A key may stand several times among the fixed words, as the program wishes; between two parts
  /// of a request it would be left to the program which of them counts.
  ///
  /// @return the names that parameters can have
  private Set<String> checkKeys(List<Piece> pieces) {
    Map<String, Place> given = new HashMap<>();
    pieces.forEach(piece -> piece.keys().forEach((key, place) -> give(key, place, given)));
    request
        .table()
        .ifPresent(table -> table.keys().forEach((key, place) -> give(key, place, given)));
    return given.keySet().stream()
        .map(Argument::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void give(String key, Place place, Map<String, Place> given) {
    Place before = given.putIfAbsent(key, place);
    if (before != null && !(before.equals(FIXED) && place.equals(FIXED))) {
      problems.add(Problem.at(place, "`" + key + "` is already given by " + before));
    }
  }

  private Query filter(Set<String> names) {
    try {
      Query query = Query.parse(request.filter(), FILTER.source(), Vocabulary.PARAMETERS);
      query.operands().forEach(operand -> checkName(operand, names));
      return query;
    } catch (InvalidInputException e) {
      e.problems().forEach(problems::add);
      return new Query.Everything();
    }
  }

  /// No job has a parameter of an unknown name, so the comparison would silently choose none.
  private void checkName(Operand operand, Set<String> names) {
    if (!(operand instanceof Operand.Name(String written, int column))) {
      return;
    }
    String name = Vocabulary.parameterName(written);
    if (names.contains(name) || name.matches("pos_[0-9]+")) {
      return;
    }
    Problem problem =
        Problem.at(
            new Place(FILTER.source(), 1, column),
            "no job of this sweep has a parameter `" + name + "`");
    problems.add(
        Nearest.to(name, names)
            .map(near -> problem.hint("did you mean `" + near + "`?"))
            .orElse(problem));
  }
}
