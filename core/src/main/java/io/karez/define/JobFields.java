package io.karez.define;

import io.karez.text.Problems;
import io.karez.text.YamlFields;
import io.karez.text.YamlNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The YAML text of what experiments and sites both say about their jobs: `resources` and
/// `environment`.
final class JobFields {
  private static final List<String> RESOURCES =
      List.of("nodes", "tasks", "cpus", "memory", "gpus", "time", "queue", "account");
  private static final List<String> ENVIRONMENT = List.of("set", "forward");

  private JobFields() {}

  static Resources resources(YamlFields parent, Problems problems) {
    Optional<YamlNode> node = parent.node("resources");
    if (node.isEmpty()) {
      return Resources.NONE;
    }
    YamlFields fields = YamlFields.of(node.get(), parent.path("resources"), RESOURCES, problems);
    return new Resources(
        fields.count("nodes", 1),
        fields.count("tasks", 1),
        fields.count("cpus", 1),
        fields.value("memory", Memory::parse),
        fields.count("gpus", 0),
        fields.value("time", WallTime::parse),
        fields.text("queue"),
        fields.text("account"));
  }

  static Map<String, Object> write(Resources resources) {
    Map<String, Object> map = new LinkedHashMap<>();
    resources.nodes().ifPresent(count -> map.put("nodes", count));
    resources.tasks().ifPresent(count -> map.put("tasks", count));
    resources.cpus().ifPresent(count -> map.put("cpus", count));
    resources.memory().ifPresent(memory -> map.put("memory", memory.toString()));
    resources.gpus().ifPresent(count -> map.put("gpus", count));
    resources.time().ifPresent(time -> map.put("time", WallTime.format(time)));
    resources.queue().ifPresent(queue -> map.put("queue", queue));
    resources.account().ifPresent(account -> map.put("account", account));
    return map;
  }

  static Environment environment(YamlFields parent, Problems problems) {
    Optional<YamlNode> node = parent.node("environment");
    if (node.isEmpty()) {
      return Environment.NONE;
    }
    YamlFields fields =
        YamlFields.of(node.get(), parent.path("environment"), ENVIRONMENT, problems);
    Map<String, String> set =
        fields.map(
            "set",
            (name, value, place) -> {
              Environment.variable(name, place);
              return value.orElse("");
            });
    Optional<List<String>> forward =
        fields.node("forward").map(list -> fields.values("forward", Environment::pattern));
    return new Environment(set, forward);
  }

  static Map<String, Object> write(Environment environment) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (!environment.set().isEmpty()) {
      map.put("set", environment.set());
    }
    environment.forward().ifPresent(names -> map.put("forward", names));
    return map;
  }
}
