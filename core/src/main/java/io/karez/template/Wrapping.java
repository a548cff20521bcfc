package io.karez.template;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The filter `wordwrap`, which is Python's `textwrap`: lines break at white space, behind hyphens
/// between letters, and inside of words that are too long.
///
/// @param longWords whether words that are too long are broken
/// @param hyphens whether lines break behind hyphens
record Wrapping(int width, boolean longWords, boolean hyphens) {
  private static final String LETTER = "[^\\d\\W]";

  private static final Pattern PIECES =
      Pattern.compile(
          "\\s+|(?<=[\\w!\"'&.,?])-{2,}(?=\\w)|\\S+?(?:-(?:(?<=L{2}-)|(?<=L-L-))(?=L-?L)"
                  .replace("L", LETTER)
              + "|(?=\\s|\\z)|(?<=[\\w!\"'&.,?])(?=-{2,}\\w))",
          Pattern.UNICODE_CHARACTER_CLASS);

  private static final Pattern WORDS = Pattern.compile("\\s+|\\S+");

  static Object of(Object value, Args args) {
    Args.Bound bound = args.bind("width", "break_long_words", "wrapstring", "break_on_hyphens");
    TextFilters.requireText(value, "wordwrap");
    Wrapping wrapping =
        new Wrapping(
            bound.number("width", 79),
            bound.flag("break_long_words", true),
            bound.flag("break_on_hyphens", true));
    if (wrapping.width() < 1) {
      throw Failure.of("`wordwrap` needs a width of at least 1");
    }
    String by = bound.text("wrapstring", "\n");
    return Texts.str(value)
        .lines()
        .map(line -> String.join(by, wrapping.lines(line)))
        .collect(Collectors.joining(by));
  }

  private List<String> lines(String text) {
    Deque<String> pieces = pieces(text);
    List<String> lines = new ArrayList<>();
    while (!pieces.isEmpty()) {
      if (!lines.isEmpty() && pieces.peek().isBlank()) {
        pieces.pop();
      }
      List<String> line = line(pieces);
      if (!line.isEmpty() && line.getLast().isBlank()) {
        line.removeLast();
      }
      if (!line.isEmpty()) {
        lines.add(String.join("", line));
      }
    }
    return lines;
  }

  private Deque<String> pieces(String text) {
    Deque<String> pieces = new ArrayDeque<>();
    Matcher found = (hyphens ? PIECES : WORDS).matcher(text);
    int from = 0;
    while (found.find()) {
      if (found.start() > from) {
        pieces.add(text.substring(from, found.start()));
      }
      pieces.add(found.group());
      from = found.end();
    }
    if (from < text.length()) {
      pieces.add(text.substring(from));
    }
    return pieces;
  }

  /// Takes what fits on one line.
  private List<String> line(Deque<String> pieces) {
    List<String> line = new ArrayList<>();
    int length = 0;
    while (!pieces.isEmpty() && length + pieces.peek().length() <= width) {
      String piece = pieces.pop();
      length += piece.length();
      line.add(piece);
    }
    if (!pieces.isEmpty() && pieces.peek().length() > width) {
      String piece = pieces.pop();
      int end = longWords ? end(piece, width - length) : line.isEmpty() ? piece.length() : 0;
      if (longWords || end > 0) {
        line.add(piece.substring(0, end));
      }
      if (end < piece.length()) {
        pieces.push(piece.substring(end));
      }
    }
    return line;
  }

  /// Where a word that is too long is broken.
  private int end(String word, int room) {
    int hyphen = hyphens && room > 0 ? word.lastIndexOf('-', room - 1) : -1;
    boolean isPart = hyphen > 0 && word.substring(0, hyphen).chars().anyMatch(c -> c != '-');
    return isPart ? hyphen + 1 : room;
  }
}
