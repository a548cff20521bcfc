package io.karez.expand;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/// Reads a table row by row.
interface RowReader extends Closeable {
  /// The next row, or empty after the last. A row with problems, which are reported, has no
  /// arguments.
  Optional<Row> next() throws IOException;
}
