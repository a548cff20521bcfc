package io.karez.text;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;

/// What is wrong with text that is no YAML, in plain words.
///
/// The parser (snakeyaml-engine 3) tells its errors apart by their texts alone. One whose text is
/// not known here is passed on in the parser's own words.
///
/// @param isBeginning whether to point to the beginning of what is wrong, and not to where it was
///   noticed
record YamlMistake(String sentence, Optional<String> hint, boolean isBeginning) {
  private static final Pattern NO_START = Pattern.compile("found character '(.).* cannot start.*");
  private static final Pattern ALIAS = Pattern.compile("found undefined alias (.*)");
  private static final Pattern ESCAPE =
      Pattern.compile("found unknown escape character (.).*", Pattern.DOTALL);

  static Problem problem(MarkedYamlEngineException e, String source) {
    String said = e.getProblem() == null ? "not readable" : e.getProblem();
    String context = e.getContext() == null ? "" : e.getContext();
    YamlMistake mistake = of(said, context);
    Optional<Mark> mark =
        mistake.isBeginning() ? e.getContextMark().or(e::getProblemMark) : e.getProblemMark();
    return mistake.at(
        mark.map(m -> new Place(source, m.getLine() + 1, m.getColumn() + 1))
            .orElse(Place.of(source)));
  }

  /// A character that no text may hold.
  static Problem problem(ReaderException e, String text, String source) {
    int at =
        text.offsetByCodePoints(
            0, Math.min(e.getPosition(), text.codePointCount(0, text.length())));
    String before = text.substring(0, at);
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    int column = at - before.lastIndexOf('\n');
    return here("the character U+%04X cannot stand in text".formatted(e.getCodePoint()))
        .with("in double quotes it is written `\\u%04X`".formatted(e.getCodePoint()))
        .at(new Place(source, line, column));
  }

  private static YamlMistake of(String said, String context) {
    Matcher start = NO_START.matcher(said);
    if (start.matches()) {
      return said.contains("TAB")
          ? here("a tab stands before the text").with("indent with blanks")
          : here("text cannot begin with `%s`".formatted(start.group(1))).with("put it in quotes");
    }
    Matcher alias = ALIAS.matcher(said);
    if (alias.matches()) {
      return here("`*%s` refers to nothing".formatted(alias.group(1)))
          .with("put text that begins with `*` in quotes");
    }
    Matcher escape = ESCAPE.matcher(said);
    if (escape.matches()) {
      return here("`\\%s` means nothing in double quotes".formatted(escape.group(1)))
          .with("write `\\\\`, or put the text in single quotes");
    }
    if (said.startsWith("mapping values are not allowed")) {
      return here("a `:` stands where no value can begin")
          .with("put text with `: ` in quotes, and begin the keys of one level in one column");
    }
    if (said.startsWith("sequence entries are not allowed")) {
      return here("a `-` stands where no item can begin")
          .with("put each item on a line of its own, and text that begins with `- ` in quotes");
    }
    if (said.startsWith("could not find expected ':'")) {
      return beginning("a key without its `:`").with("a key is followed by `:` and a blank");
    }
    if (said.startsWith("expected ',' or '}'")) {
      return beginning("the `{` is not closed, or a comma is missing behind it");
    }
    if (said.startsWith("expected ',' or ']'")) {
      return beginning("the `[` is not closed, or a comma is missing behind it");
    }
    if (said.startsWith("expected the node content")) {
      return here("a value is missing");
    }
    if (said.startsWith("found unexpected end of stream") && context.contains("quoted")) {
      return beginning("the quote is not closed");
    }
    if (said.startsWith("expected <block end>")) {
      return said.contains("<scalar>")
          ? here("there is more text behind a value in quotes")
              .with("a single quote inside of single quotes is written twice")
          : here("the line is neither indented as the one above nor what stands there on its level")
              .with("begin the keys, or the items, of one level in one column");
    }
    if (said.startsWith("expected chomping or indentation")) {
      return here("the text of a `|` or `>` begins on the line below it");
    }
    if (said.startsWith("but found another document")) {
      return here("a second document begins").with("a file holds one: remove the line `---`");
    }
    if (said.startsWith("expected alphabetic or numeric character")
        && context.contains("directive")) {
      return beginning("a line that begins with `%` is a directive of YAML, and this is none")
          .with("put text that begins with `%` in quotes");
    }
    return here(said);
  }

  private static YamlMistake here(String sentence) {
    return new YamlMistake(sentence, Optional.empty(), false);
  }

  private static YamlMistake beginning(String sentence) {
    return new YamlMistake(sentence, Optional.empty(), true);
  }

  private YamlMistake with(String advice) {
    return new YamlMistake(sentence, Optional.of(advice), isBeginning);
  }

  private Problem at(Place place) {
    Problem problem = Problem.at(place, "not valid YAML: " + sentence);
    return hint.map(problem::hint).orElse(problem);
  }
}
