package io.karez.define;

import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problems;
import io.karez.text.Yaml;
import io.karez.text.YamlFields;
import io.karez.text.YamlNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/// The text of a `config.yaml`, a project's or the user's own.
public final class ConfigFile {
  private static final List<String> KEYS =
      Stream.concat(
              Stream.of(
                  "default_editor",
                  "logging",
                  "result_dir",
                  "git",
                  "snapshot",
                  "confirm_core_hours",
                  "sites"),
              Config.RUNNERS.stream())
          .toList();

  private ConfigFile() {}

  /// Overlays the settings of a file on those below it. Submit templates replace those of the same
  /// runner and name, sites are merged field by field.
  ///
  /// @param source the file as the user knows it
  /// @throws InvalidInputException with all problems
  public static Config read(String text, String source, Config below) {
    Optional<YamlNode> document = Yaml.read(text, source);
    if (document.isEmpty()) {
      return below;
    }
    Problems problems = new Problems();
    YamlFields fields = YamlFields.of(document.get(), "", KEYS, problems);
    Optional<YamlFields> git =
        fields.node("git").map(node -> YamlFields.of(node, "git", List.of("dirty"), problems));
    Config config =
        new Config(
            fields.text("default_editor").or(below::defaultEditor),
            fields.value("logging", oneOf(Logging.class)).orElse(below.logging()),
            fields.value("result_dir", Texts::word).orElse(below.resultDir()),
            git.flatMap(inner -> inner.value("dirty", oneOf(DirtyPolicy.class)))
                .orElse(below.dirty()),
            fields.value("snapshot", oneOf(SnapshotPolicy.class)).orElse(below.snapshot()),
            fields.number("confirm_core_hours").or(below::confirmCoreHours),
            templates(fields, below.templates(), problems),
            sites(fields, below.sites(), problems));
    problems.throwIfAny();
    return config;
  }

  /// The settings in the shape of the file, for showing them.
  public static Map<String, Object> fields(Config config) {
    Map<String, Object> map = new LinkedHashMap<>();
    config.defaultEditor().ifPresent(editor -> map.put("default_editor", editor));
    map.put("logging", config.logging().name());
    map.put("result_dir", config.resultDir());
    map.put("git", Map.of("dirty", word(config.dirty())));
    map.put("snapshot", word(config.snapshot()));
    config.confirmCoreHours().ifPresent(hours -> map.put("confirm_core_hours", hours));
    config
        .templates()
        .forEach((runner, named) -> {
          Map<String, Object> shown = new LinkedHashMap<>();
          named.forEach((name, template) -> shown.put(name, template.fields()));
          map.put(runner, shown);
        });
    Map<String, Object> sites = new LinkedHashMap<>();
    config.sites().forEach((name, site) -> sites.put(name, SiteFields.write(site)));
    map.put("sites", sites);
    return map;
  }

  private static Map<String, Map<String, SubmitTemplate>> templates(
      YamlFields fields, Map<String, Map<String, SubmitTemplate>> below, Problems problems) {
    Map<String, Map<String, SubmitTemplate>> templates = new LinkedHashMap<>(below);
    for (String runner : Config.RUNNERS) {
      Optional<YamlFields> named =
          fields.node(runner).map(node -> YamlFields.open(node, runner, problems));
      Map<String, SubmitTemplate> all = new LinkedHashMap<>(below.getOrDefault(runner, Map.of()));
      for (YamlNode.Entry entry : named.map(YamlFields::entries).orElse(List.of())) {
        String name = entry.key().text();
        all.put(name, SubmitTemplate.of(entry.value(), runner + "." + name, problems));
      }
      if (!all.isEmpty()) {
        templates.put(runner, all);
      }
    }
    return templates;
  }

  private static Map<String, Site> sites(
      YamlFields fields, Map<String, Site> below, Problems problems) {
    Map<String, Site> sites = new LinkedHashMap<>(below);
    Optional<YamlFields> named =
        fields.node("sites").map(node -> YamlFields.open(node, "sites", problems));
    for (YamlNode.Entry entry : named.map(YamlFields::entries).orElse(List.of())) {
      SiteFields.read(entry, problems)
          .ifPresent(site -> sites.merge(site.name(), site, Site::merge));
    }
    return sites;
  }

  private static <E extends Enum<E>> BiFunction<String, Place, E> oneOf(Class<E> type) {
    boolean isLower = type != Logging.class;
    List<String> words =
        Arrays.stream(type.getEnumConstants())
            .map(constant -> isLower ? word(constant) : constant.name())
            .toList();
    return (text, place) ->
        Enum.valueOf(type, Texts.oneOf(words).apply(text, place).toUpperCase(Locale.ROOT));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
