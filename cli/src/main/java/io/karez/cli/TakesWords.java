package io.karez.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// A command some of whose words belong to another program.
interface TakesWords {

  /// Keeps the program's words.
  ///
  /// @return the words that are Karez's
  List<String> take(CommandSpec options, List<String> words);
}
