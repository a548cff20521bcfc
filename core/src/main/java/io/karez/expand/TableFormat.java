package io.karez.expand;

import java.util.Locale;
import java.util.Optional;

/// How a table of combinations is written.
public enum TableFormat {
  /// RFC 4180 with a header line.
  CSV,
  /// One array of objects.
  JSON,
  /// One object a line.
  JSONL;

  /// By the end of the file's name: `.csv`, `.json`, `.jsonl` or `.ndjson`.
  public static Optional<TableFormat> ofName(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    if (name.endsWith(".csv")) {
      return Optional.of(CSV);
    }
    if (name.endsWith(".json")) {
      return Optional.of(JSON);
    }
    return name.endsWith(".jsonl") || name.endsWith(".ndjson")
        ? Optional.of(JSONL)
        : Optional.empty();
  }

  /// By how the text begins: `[` is JSON, `{` JSON lines, all else CSV.
  public static TableFormat ofContent(String beginning) {
    String start = beginning.strip();
    return start.startsWith("[") ? JSON : start.startsWith("{") ? JSONL : CSV;
  }
}
