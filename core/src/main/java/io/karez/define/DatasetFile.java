package io.karez.define;

import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problems;
import io.karez.text.Yaml;
import io.karez.text.YamlFields;
import io.karez.text.YamlNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The text of `.karez/datasets/NAME.yaml`.
public final class DatasetFile {
  private static final List<String> KEYS = List.of("name", "path", "description", "tags");

  private DatasetFile() {}

  /// @param source the file as the user knows it
  /// @param expected the name that the file's own name promises, if it is one of a project
  /// @throws InvalidInputException with all problems
  public static Dataset read(String text, String source, Optional<DatasetName> expected) {
    Problems problems = new Problems();
    YamlNode document = Documents.read(text, source);
    YamlFields fields = YamlFields.of(document, "", KEYS, problems);
    fields.require("name");
    Optional<DatasetName> name =
        fields.value("name", (value, place) -> name(value, place, expected));
    fields.require("path");
    Optional<String> path = fields.value("path", Texts::word);
    String description = fields.text("description").orElse("");
    List<String> tags = fields.values("tags", Texts::tag);
    problems.throwIfAny();
    return new Dataset(name.orElseThrow(), path.orElseThrow(), description, tags);
  }

  /// {@link #read} gives the same dataset back.
  public static String write(Dataset dataset) {
    return Yaml.write(fields(dataset));
  }

  /// The keys and values of its text, in order.
  public static Map<String, Object> fields(Dataset dataset) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", dataset.name().value());
    map.put("description", dataset.description());
    map.put("path", dataset.path());
    map.put("tags", dataset.tags());
    return map;
  }

  private static DatasetName name(String text, Place place, Optional<DatasetName> expected) {
    DatasetName name = new DatasetName(text);
    if (expected.isPresent() && !expected.get().equals(name)) {
      throw new InvalidInputException(Documents.otherName(place, text, expected.get().value()));
    }
    return name;
  }
}
