package io.karez.define;

import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.Yaml;
import io.karez.text.YamlNode;

/// What the files of a project have in common.
final class Documents {
  private Documents() {}

  static YamlNode read(String text, String source) {
    return Yaml.read(text, source)
        .orElseThrow(
            () -> new InvalidInputException(Problem.at(Place.of(source), "the file is empty")));
  }

  static Problem otherName(Place place, String inside, String outside) {
    return Problem.at(
            place, "the file is named `%s.yaml`, but it says `%s`".formatted(outside, inside))
        .hint("write `name: %s`, or rename the file to `%s.yaml`".formatted(outside, inside));
  }
}
