package io.karez.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/// The help texts.
final class Help {
  private Help() {}

  static String root(Console console) {
    StringBuilder help = new StringBuilder();
    help.append("Carry experiments from a laptop through any batch system and back.\n\n");
    help.append("Usage: karez COMMAND ...\n\n");
    help.append(list(CommandTable.ALL));
    help.append("\n`karez COMMAND --help` tells more about one.\n");
    help.append("\nExamples:\n");
    help.append("  karez run -- python3 train.py --lr 0.1\n");
    help.append("  karez run summary_iris -R \"--seed 0 10 1\"\n");
    help.append("  karez status\n");
    return help.toString();
  }

  /// @param members the commands whose first word this is
  static String group(String word, List<CommandTable.Entry> members) {
    return "Usage: karez %s COMMAND ...\n\n%s\n`karez %s COMMAND --help` tells more about one.\n"
        .formatted(word, list(members), word);
  }

  private static String list(List<CommandTable.Entry> entries) {
    StringBuilder lines = new StringBuilder();
    for (CommandTable.Entry entry : entries) {
      lines.append("  %-20s %s\n".formatted(entry.name(), entry.summary()));
    }
    return lines.toString();
  }

  static String of(CommandLine line, CommandTable.Entry entry, Console console) {
    line.setUsageHelpWidth(Math.clamp(console.columns(), 60, 120));
    line.getCommandSpec().usageMessage().description(entry.summary() + ".");
    line.setHelpFactory(FoldedHelp::new);
    return line.getUsageMessage(console.outTerminal() && console.color() ? Ansi.ON : Ansi.OFF);
  }
}
