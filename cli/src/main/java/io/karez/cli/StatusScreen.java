package io.karez.cli;

import java.util.List;

/// What `status` shows, taken anew each time.
interface StatusScreen {

  /// @param settled whether it will stay as it is
  record Shown(List<String> lines, boolean settled) {}

  /// @param columns of the terminal
  /// @param rows that may be shown
  Shown show(int columns, int rows);
}
