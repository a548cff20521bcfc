package io.karez.cli;

import io.karez.define.Action;
import io.karez.define.Experiment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What `status NAME` says of the experiment, above its runs.
final class ExperimentHeader {
  private ExperimentHeader() {}

  static List<String> lines(Experiment experiment, int runs, boolean color) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("description", experiment.description());
    fields.put("path", experiment.path());
    fields.put("datasets", joined(experiment.datasets()));
    fields.put("executable", experiment.executable());
    fields.put("execute command", experiment.executableCommand());
    fields.put("number of runs", Integer.toString(runs));
    fields.put("tags", joined(experiment.tags()));
    List<String> lines =
        new ArrayList<>(Fields.lines("name", experiment.name().value(), fields, color));
    if (!experiment.actions().isEmpty()) {
      lines.add(Style.FAINT.paint("actions", color));
      experiment.actions().forEach(action -> lines.add("  " + said(action)));
    }
    return lines;
  }

  private static String said(Action action) {
    String description = action.description().isEmpty() ? "" : ": " + action.description();
    return Printable.onLine(action.name() + description);
  }

  private static String joined(List<?> values) {
    return values.stream().map(Object::toString).collect(Collectors.joining(", "));
  }
}
