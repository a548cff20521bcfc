package io.karez.define;

import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import io.karez.text.Problems;
import io.karez.text.YamlFields;
import io.karez.text.YamlNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The YAML text of an experiment's actions.
///
/// Three shapes are read: a list of `- NAME: {executable: ...}` as Qanat has it (there a `name`
/// inside, when there is one, is the name), a list of `- {name: NAME, executable: ...}`, and a
/// mapping of names. The first is written.
final class ActionFields {
  private static final List<String> KEYS =
      List.of("name", "description", "executable", "executable_command");

  private ActionFields() {}

  static List<Action> read(YamlFields experiment, Problems problems) {
    List<Action> actions = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Draft draft : drafts(experiment, problems)) {
      Optional<Action> action = draft.read(problems);
      if (action.isPresent() && !names.add(action.get().name())) {
        problems.add(
            Problem.at(
                draft.node().place(),
                "the action `%s` is defined twice".formatted(action.get().name())));
      }
      action.ifPresent(actions::add);
    }
    return List.copyOf(actions);
  }

  static List<Map<String, Object>> write(List<Action> actions) {
    return actions.stream().map(ActionFields::write).toList();
  }

  private static Map<String, Object> write(Action action) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", action.name());
    map.put("description", action.description());
    map.put("executable", action.executable());
    map.put("executable_command", action.executableCommand());
    return Map.of(action.name(), map);
  }

  private static List<Draft> drafts(YamlFields experiment, Problems problems) {
    Optional<YamlNode> node = experiment.node("actions");
    return switch (node.orElse(null)) {
      case null -> List.of();
      case YamlNode.Mapping map -> map.entries().stream().map(ActionFields::named).toList();
      case YamlNode.Sequence sequence -> sequence.items().stream().map(ActionFields::item).toList();
      case YamlNode.Scalar scalar -> {
        problems.add(Problem.at(scalar.place(), "`actions` must be a list"));
        yield List.of();
      }
    };
  }

  private static Draft item(YamlNode item) {
    boolean isNamed =
        item instanceof YamlNode.Mapping map
            && map.entries().size() == 1
            && map.entries().getFirst().value() instanceof YamlNode.Mapping;
    return isNamed
        ? named(((YamlNode.Mapping) item).entries().getFirst())
        : new Draft(Optional.empty(), item);
  }

  private static Draft named(YamlNode.Entry entry) {
    return new Draft(Optional.of(entry.key().text()), entry.value());
  }

  /// An action as it stands in the file.
  private record Draft(Optional<String> key, YamlNode node) {

    Optional<Action> read(Problems problems) {
      String path = key.map("actions."::concat).orElse("actions");
      YamlFields fields = YamlFields.of(node, path, KEYS, problems);
      if (key.isEmpty()) {
        fields.require("name");
      }
      Optional<String> name = fields.text("name").or(() -> key);
      fields.require("executable");
      Optional<String> executable = fields.value("executable", Texts::word);
      Optional<String> command =
          fields.node("executable_command").isEmpty()
              ? Optional.of("")
              : fields.value("executable_command", Texts::words);
      String description = fields.text("description").orElse("");
      if (name.isEmpty() || executable.isEmpty() || command.isEmpty()) {
        return Optional.empty();
      }
      try {
        return Optional.of(new Action(name.get(), description, executable.get(), command.get()));
      } catch (InvalidInputException e) {
        e.problems()
            .forEach(
                p -> problems.add(new Problem(Optional.of(node.place()), p.message(), p.hint())));
        return Optional.empty();
      }
    }
  }
}
