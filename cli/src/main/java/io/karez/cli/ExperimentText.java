package io.karez.cli;

import io.karez.define.Experiment;
import io.karez.define.ExperimentFile;
import io.karez.project.Project;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An experiment as it is shown.
final class ExperimentText {
  private ExperimentText() {}

  /// Its file's own keys and values, then where it is kept and how many runs it has.
  static Map<String, Object> document(Experiment experiment, Project project, int runs) {
    Map<String, Object> document = new LinkedHashMap<>(ExperimentFile.fields(experiment));
    document.put("file", project.root().relativize(project.file(experiment.name())).toString());
    document.put("runs", runs);
    return document;
  }

  static String command(Experiment experiment) {
    return (experiment.executableCommand() + " " + experiment.executable()).strip();
  }

  static String joined(List<?> items) {
    return String.join(", ", items.stream().map(Object::toString).toList());
  }
}
