package io.karez.cli;

import io.karez.define.Dataset;
import io.karez.define.DatasetFile;
import io.karez.project.Project;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;

/// A dataset as it is shown.
final class DatasetText {
  private DatasetText() {}

  /// Its file's own keys and values, then where it is kept and whether there are data.
  static Map<String, Object> document(Dataset dataset, Project project) {
    Map<String, Object> document = new LinkedHashMap<>(DatasetFile.fields(dataset));
    document.put("file", project.root().relativize(project.file(dataset.name())).toString());
    document.put("exists", Files.exists(project.path(dataset)));
    return document;
  }
}
