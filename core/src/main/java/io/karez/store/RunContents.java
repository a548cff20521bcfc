package io.karez.store;

import java.util.Map;

/// What a new run holds besides its jobs.
///
/// @param texts further files, by their path in the run
public record RunContents(RunDocument document, Map<String, String> texts) {}
