package io.karez.define;

import java.util.List;

/// Data that experiments read.
///
/// @param path as written: relative to the project's root, or absolute
/// @param description may be empty
/// @param tags in their order, none twice
public record Dataset(DatasetName name, String path, String description, List<String> tags) {

  public Dataset {
    Texts.requireWord("path", path);
    tags = Texts.tags(tags);
  }
}
