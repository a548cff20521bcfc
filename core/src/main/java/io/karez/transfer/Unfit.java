package io.karez.transfer;

/// A file that is not copied, or was not, and why.
///
/// @param why lower case, no full stop; may have several lines
public record Unfit(String path, String why) {}
