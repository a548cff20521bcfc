package io.karez.cli;

import java.io.PrintStream;

/// Where a command prints: results to `out`, everything else to `err`.
///
/// @param outTerminal whether `out` is a terminal
/// @param errTerminal whether `err` is a terminal
/// @param inTerminal whether a person can be asked
/// @param color whether colour is wanted on terminals
/// @param columns the terminal's width
record Console(
    PrintStream out,
    PrintStream err,
    boolean outTerminal,
    boolean errTerminal,
    boolean inTerminal,
    boolean color,
    int columns) {}
