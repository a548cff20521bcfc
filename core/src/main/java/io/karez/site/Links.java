package io.karez.site;

import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;

/// The ways to where the jobs of runs are.
@FunctionalInterface
public interface Links {

  /// @throws io.karez.text.InvalidInputException when nobody knows the run's site any more
  RunLink to(RunDirectory run, RunDocument document);
}
