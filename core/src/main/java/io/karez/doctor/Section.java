package io.karez.doctor;

import io.karez.define.Finding;
import java.util.List;

/// Findings about one thing.
///
/// @param title `machine`, `directory`, or a scheduler's name
public record Section(String title, List<Finding> findings) {

  public Section {
    findings = List.copyOf(findings);
  }
}
