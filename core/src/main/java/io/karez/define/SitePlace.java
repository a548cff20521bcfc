package io.karez.define;

import java.nio.file.Path;

/// Where the original of a run lies that is a copy here.
///
/// @param site its name
/// @param results the tree of results there, absolute
public record SitePlace(String site, Path results) {}
