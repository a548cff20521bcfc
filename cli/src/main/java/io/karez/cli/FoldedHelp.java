package io.karez.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Model.CommandSpec;

/// A help text whose lines break at blanks alone: picocli breaks `.karezignore` after the dot.
final class FoldedHelp extends Help {
  /// What stands before the text about an option, at most: 5 columns, 24 of names, and a blank.
  private static final int BEFORE = 30;

  FoldedHelp(CommandSpec spec, ColorScheme scheme) {
    super(spec, scheme);
  }

  @Override
  public IOptionRenderer createDefaultOptionRenderer() {
    IOptionRenderer usual = super.createDefaultOptionRenderer();
    return (option, label, scheme) -> folded(usual.render(option, label, scheme));
  }

  @Override
  public IParameterRenderer createDefaultParameterRenderer() {
    IParameterRenderer usual = super.createDefaultParameterRenderer();
    return (parameter, label, scheme) -> folded(usual.render(parameter, label, scheme));
  }

  @Override
  public String footer(Object... parameters) {
    StringBuilder text = new StringBuilder();
    for (String line : commandSpec().usageMessage().footer()) {
      for (String part : Folded.line(line.formatted(parameters), width())) {
        text.append(part).append('\n');
      }
    }
    return text.toString();
  }

  private int width() {
    return commandSpec().usageMessage().width();
  }

  /// @param rows each of five columns, of which the last is the text
  private Text[][] folded(Text[][] rows) {
    List<Text[]> folded = new ArrayList<>();
    for (Text[] row : rows) {
      Text[] next = row.clone();
      for (String line : Folded.line(row[4].plainString(), width() - BEFORE)) {
        next[4] = colorScheme().text(line.strip());
        folded.add(next);
        Text nothing = colorScheme().text("");
        next = new Text[] {nothing, nothing, nothing, nothing, nothing};
      }
    }
    return folded.toArray(Text[][]::new);
  }
}
