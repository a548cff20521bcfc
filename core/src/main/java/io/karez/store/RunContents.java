package io.karez.store;

import java.nio.file.Path;
import java.util.Map;

/// What a new run holds besides its jobs.
///
/// @param texts further files, by their path in the run
/// @param copies files to be copied with their permissions, by their path in the run
public record RunContents(
    RunDocument document, Map<String, String> texts, Map<String, Path> copies) {}
