package io.karez.cli;

import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/// The help texts.
final class Help {
  private Help() {}

  static String root(Console console) {
    StringBuilder help = new StringBuilder();
    help.append("Carry experiments from a laptop through any batch system and back.\n\n");
    help.append("Usage: karez COMMAND ...\n\n");
    for (CommandTable.Entry entry : CommandTable.ALL) {
      help.append("  %-20s %s\n".formatted(entry.name(), entry.summary()));
    }
    help.append("\n`karez COMMAND --help` tells more about one.\n");
    help.append("\nExamples:\n");
    help.append("  karez run -- python3 train.py --lr 0.1\n");
    help.append("  karez run summary_iris -R \"--seed 0 10 1\"\n");
    help.append("  karez status\n");
    return help.toString();
  }

  static String of(CommandLine line, CommandTable.Entry entry, Console console) {
    line.setUsageHelpWidth(Math.clamp(console.columns(), 60, 120));
    line.getCommandSpec().usageMessage().description(entry.summary() + ".");
    return line.getUsageMessage(console.outTerminal() && console.color() ? Ansi.ON : Ansi.OFF);
  }
}
