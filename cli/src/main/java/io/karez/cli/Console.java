package io.karez.cli;

import java.io.InputStream;
import java.io.PrintStream;

/// Where a command prints, results to `out`, everything else to `err`, and where a person answers.
///
/// @param in what the user types; nothing is read from it before somebody is asked
/// @param outTerminal whether `out` is a terminal
/// @param errTerminal whether `err` is a terminal
/// @param inTerminal whether a person can be asked
/// @param color whether colour is wanted on terminals
/// @param columns the terminal's width
/// @param rows the terminal's height
record Console(
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean outTerminal,
    boolean errTerminal,
    boolean inTerminal,
    boolean color,
    int columns,
    int rows) {}
