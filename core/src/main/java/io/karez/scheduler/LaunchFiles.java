package io.karez.scheduler;

import java.util.HashMap;
import java.util.Map;

/// The files that a submission needs, as text.
///
/// @param script the launch script: `execute.sh` of the run, `script.sh` of the submission
/// @param others further files, by their path in the run
public record LaunchFiles(String script, Map<String, String> others) {

  public LaunchFiles {
    others = Map.copyOf(others);
  }

  /// The same and a further file.
  public LaunchFiles with(String path, String text) {
    Map<String, String> all = new HashMap<>(others);
    all.put(path, text);
    return new LaunchFiles(script, all);
  }
}
