package io.karez.expand;

import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.Problems;
import io.karez.text.Yaml;
import io.karez.text.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A file of fixed and varying arguments:
///
/// ```yaml
/// fixed_args:
///   options: {'--mean': '10, -50'}      # a list of values becomes several words, [] a bare flag
///   positional: {0: data.csv}           # sorted by number; a list counts from 0
/// varying_args:
///   range:
///     options: {'--seed': [0, 10, 1]}   # or {start: 0, stop: 10, step: 1}
///   groups:
///     - options: {'--cov': '1, 0.8'}
///     - options: {'--cov': '1, 0.4'}
/// ```
///
/// - arguments: positionals by number, then the options that are fixed, of the group, of the ranges
/// - jobs: groups vary fastest, then the ranges, the first of them fastest: options, then
///   positionals
/// - values are passed as they are written: `10.` stays `10.`
public final class ParameterFile {
  private final List<Piece> pieces;
  private final List<Axis> ranges;
  private final List<Axis> groups;

  private ParameterFile(List<Piece> pieces, List<Axis> ranges, List<Axis> groups) {
    this.pieces = List.copyOf(pieces);
    this.ranges = List.copyOf(ranges);
    this.groups = List.copyOf(groups);
  }

  /// @param source the file as the user knows it
  /// @throws InvalidInputException with everything that is wrong with it
  public static ParameterFile read(String text, String source) {
    Optional<YamlNode> root = Yaml.read(text, source);
    if (root.isEmpty()) {
      throw new InvalidInputException(
          Problem.at(Place.of(source), "the file is empty")
              .hint("it needs `fixed_args`, `varying_args` or both"));
    }
    Problems problems = new Problems();
    ParameterFile file = new ParameterFile.Parts(new ParameterNodes(problems)).read(root.get());
    problems.throwIfAny();
    return file;
  }

  /// In the order of the arguments.
  List<Piece> pieces() {
    return pieces;
  }

  /// Each varies faster than the next.
  List<Axis> ranges() {
    return ranges;
  }

  /// They advance together; none when there are no groups.
  List<Axis> groups() {
    return groups;
  }

  private record Given(ParameterNodes.Name name, Argument argument) {
    Piece piece() {
      return new Piece.Fixed(List.of(argument), Map.of(name.key(), name.place()));
    }
  }

  private record Parts(ParameterNodes nodes) {

    ParameterFile read(YamlNode root) {
      ParameterNodes.Fields top = nodes.fields(root, "", List.of("fixed_args", "varying_args"));
      ParameterNodes.Fields varying =
          top.at("varying_args")
              .map(node -> nodes.fields(node, "varying_args", List.of("range", "groups")))
              .orElse(ParameterNodes.Fields.NONE);
      ParameterNodes.Arguments<Given> fixed =
          top.at("fixed_args")
              .map(node -> nodes.arguments(node, "fixed_args", this::given))
              .orElseGet(ParameterNodes.Arguments::new);
      ParameterNodes.Arguments<Axis> ranges =
          varying
              .at("range")
              .map(node -> nodes.arguments(node, "varying_args.range", nodes::range))
              .orElseGet(ParameterNodes.Arguments::new);
      List<ParameterNodes.Arguments<Given>> groups =
          varying.at("groups").map(this::groups).orElse(List.of());
      return assemble(fixed, ranges, groups);
    }

    private Optional<Given> given(ParameterNodes.Name name, YamlNode node) {
      return nodes.value(name, node).map(argument -> new Given(name, argument));
    }

    private List<ParameterNodes.Arguments<Given>> groups(YamlNode node) {
      List<ParameterNodes.Arguments<Given>> groups = new ArrayList<>();
      if (!(node instanceof YamlNode.Sequence sequence) || sequence.items().isEmpty()) {
        nodes.add(node.place(), "`varying_args.groups` is not a list of groups");
        return groups;
      }
      for (int i = 0; i < sequence.items().size(); i++) {
        groups.add(
            nodes.arguments(
                sequence.items().get(i), "varying_args.groups[" + i + "]", this::given));
      }
      return groups;
    }

    private ParameterFile assemble(
        ParameterNodes.Arguments<Given> fixed,
        ParameterNodes.Arguments<Axis> ranges,
        List<ParameterNodes.Arguments<Given>> groups) {
      SortedMap<Integer, List<Piece>> positionals = new TreeMap<>();
      fixed.positionals().forEach((position, given) -> put(positionals, position, given.piece()));
      List<Axis> groupAxes = new ArrayList<>();
      groupPositionals(groups)
          .forEach((position, axis) -> {
            groupAxes.add(axis);
            put(positionals, position, new Piece.Varying(axis));
          });
      ranges
          .positionals()
          .forEach((position, axis) -> put(positionals, position, new Piece.Varying(axis)));

      List<Piece> pieces = new ArrayList<>();
      positionals.values().forEach(pieces::addAll);
      fixed.options().forEach(given -> pieces.add(given.piece()));
      if (!groups.isEmpty()) {
        Axis options = axis(groups.stream().map(ParameterNodes.Arguments::options).toList());
        groupAxes.add(options);
        pieces.add(new Piece.Varying(options));
      }
      ranges.options().forEach(axis -> pieces.add(new Piece.Varying(axis)));

      List<Axis> rangeAxes = new ArrayList<>(ranges.options());
      rangeAxes.addAll(ranges.positionals().values());
      return new ParameterFile(pieces, rangeAxes, groupAxes);
    }

    /// One axis for each position that some group gives, so that other positionals can stand
    /// between.
    private static SortedMap<Integer, Axis> groupPositionals(
        List<ParameterNodes.Arguments<Given>> groups) {
      SortedMap<Integer, Axis> axes = new TreeMap<>();
      groups.stream()
          .flatMap(group -> group.positionals().keySet().stream())
          .distinct()
          .forEach(position ->
              axes.put(
                  position,
                  axis(
                      groups.stream()
                          .map(group -> Optional.ofNullable(group.positionals().get(position)))
                          .map(given -> given.stream().toList())
                          .toList())));
      return axes;
    }

    private static Axis axis(List<List<Given>> choices) {
      Map<String, Place> keys = new LinkedHashMap<>();
      choices.forEach(choice ->
          choice.forEach(given -> keys.putIfAbsent(given.name().key(), given.name().place())));
      List<List<Argument>> arguments =
          choices.stream().map(choice -> choice.stream().map(Given::argument).toList()).toList();
      return new Axis(
          "varying_args.groups", keys, choices.size(), i -> arguments.get(Math.toIntExact(i)));
    }

    private static void put(Map<Integer, List<Piece>> pieces, int position, Piece piece) {
      pieces.computeIfAbsent(position, p -> new ArrayList<>()).add(piece);
    }
  }
}
