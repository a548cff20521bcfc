package io.karez.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What is wrong with text that is no JSON, in plain words and with its place. Gson tells its
/// errors apart by their texts alone, and advises programmers.
public final class JsonMistake {
  private static final Pattern SAID =
      Pattern.compile("(.*?)(?: at line (\\d+) column (\\d+) path .*)?");

  private JsonMistake() {}

  /// @param e what Gson, or who read with it, has thrown
  /// @param place of the text; its line is that of the text's first line, 0 when it has no other
  public static Problem problem(Exception e, Place place) {
    String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    Matcher said = SAID.matcher(first);
    boolean placed = said.matches() && said.group(2) != null;
    String sentence = "not valid JSON: " + sentence(e, placed ? said.group(1) : first);
    return Problem.at(placed ? within(place, said) : place, sentence);
  }

  private static Place within(Place place, Matcher said) {
    int line = Integer.parseInt(said.group(2));
    int column = Integer.parseInt(said.group(3));
    return new Place(place.source(), Math.max(place.line(), 1) + line - 1, column);
  }

  private static String sentence(Exception e, String said) {
    if (e instanceof NumberFormatException) {
      return "a number cannot be read";
    }
    if (said.startsWith("Use JsonReader.setStrictness")) {
      return "neither a value nor the end of one can be read here";
    }
    if (said.startsWith("End of input")) {
      return "the text ends before it is complete";
    }
    if (said.startsWith("Unterminated object")) {
      return "a comma or `}` is missing";
    }
    if (said.startsWith("Unterminated array")) {
      return "a comma or `]` is missing";
    }
    if (said.startsWith("Unterminated string")) {
      return "the quote is not closed";
    }
    if (said.startsWith("Expected ':'")) {
      return "a `:` is missing";
    }
    if (said.startsWith("Expected name")) {
      return "a key in double quotes is missing";
    }
    if (said.startsWith("Expected value")) {
      return "a value is missing";
    }
    if (said.startsWith("Nesting limit")) {
      return "nested too deep";
    }
    if (said.startsWith("Unescaped control")) {
      return "a control character in text is written `\\u` and its number";
    }
    if (said.contains("escape")) {
      return "what follows the `\\` means nothing";
    }
    return said.isEmpty() ? "it cannot be read" : said;
  }
}
