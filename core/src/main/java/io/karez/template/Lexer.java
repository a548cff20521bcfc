package io.karez.template;

import io.karez.template.Token.Kind;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.Problems;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cuts a template into tokens, as Jinja2's lexer does with its default settings: a single newline
/// at the end is dropped, `-` inside of a delimiter takes the white space beside it away.
final class Lexer {
  private static final Pattern OPENING = Pattern.compile("\\{(?=[%{#])");
  private static final Pattern RAW =
      Pattern.compile("\\{%[-+]?\\s*raw\\s*(-?)%\\}", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern END_RAW =
      Pattern.compile("\\{%([-+]?)\\s*endraw\\s*([-+]?)%\\}", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");
  private static final Pattern FLOAT =
      Pattern.compile(
          "(?:\\d+_)*\\d+(?:(?:\\.(?:\\d+_)*\\d+)?[eE][+-]?(?:\\d+_)*\\d+|\\.(?:\\d+_)*\\d+)");
  private static final Pattern INTEGER =
      Pattern.compile(
          "0[bB](?:_?[0-1])+|0[oO](?:_?[0-7])+|0[xX](?:_?[0-9a-fA-F])+|[1-9](?:_?\\d)*|0(?:_?0)*");
  private static final Pattern STRING =
      Pattern.compile("'((?:[^'\\\\]|\\\\.)*+)'|\"((?:[^\"\\\\]|\\\\.)*+)\"", Pattern.DOTALL);
  private static final Pattern OPERATOR =
      Pattern.compile("//|\\*\\*|==|!=|<=|>=|[-+/*%~<>=.:|,;()\\[\\]{}]");

  private final String source;
  private final String text;
  private final Problems problems;
  private final List<Token> tokens = new ArrayList<>();
  private int position;
  private boolean strip;

  private Lexer(String source, String text, Problems problems) {
    this.source = source;
    String lines = text.replace("\r\n", "\n").replace('\r', '\n');
    this.text = lines.endsWith("\n") ? lines.substring(0, lines.length() - 1) : lines;
    this.problems = problems;
  }

  /// @param source the template's name
  /// @return ending with one of kind `END`
  static List<Token> tokens(String source, String text, Problems problems) {
    Lexer lexer = new Lexer(source, text, problems);
    lexer.read();
    return lexer.tokens;
  }

  private void read() {
    Matcher opening = OPENING.matcher(text);
    while (position < text.length()) {
      int next = opening.find(position) ? opening.start() : text.length();
      data(position, next);
      position = next;
      if (next == text.length()) {
        break;
      }
      switch (text.charAt(next + 1)) {
        case '#' -> comment();
        case '%' -> block();
        default -> inside(Kind.VARIABLE_BEGIN, Kind.VARIABLE_END, "}}");
      }
    }
    add(Kind.END, "", text.length());
  }

  /// Text outside of delimiters.
  private void data(int start, int end) {
    int from = start;
    int to = end;
    if (strip) {
      while (from < to && isSpace(text.charAt(from))) {
        from++;
      }
      // `{%- x -%}   {%- y %}`: what is left of nothing stays nothing
      strip = false;
    }
    if (end + 2 < text.length() && text.charAt(end + 2) == '-') {
      while (to > from && isSpace(text.charAt(to - 1))) {
        to--;
      }
    }
    if (from < to) {
      add(Kind.DATA, text.substring(from, to), from);
    }
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  private void comment() {
    int end = text.indexOf("#}", position + 2);
    if (position > 0 && text.charAt(position - 1) == '$') {
      problems.add(
          Problem.at(place(position), "`${#` begins a comment of the template here")
              .hint(
                  "for the shell's `${#NAME}` write `${{ '{#' }}NAME}`, or put the lines between"
                      + " `{% raw %}` and `{% endraw %}`"));
      position += 2;
      return;
    }
    if (end < 0) {
      problems.add(
          Problem.at(place(position), "the comment that begins here has no end: `#}` is missing"));
      position = text.length();
      return;
    }
    strip = end > position + 2 && text.charAt(end - 1) == '-';
    position = end + 2;
  }

  private void block() {
    Matcher raw = RAW.matcher(text).region(position, text.length());
    if (!raw.lookingAt()) {
      inside(Kind.BLOCK_BEGIN, Kind.BLOCK_END, "%}");
      return;
    }
    Matcher end = END_RAW.matcher(text);
    if (!end.find(raw.end())) {
      problems.add(Problem.at(place(position), "`raw` has no end: `{% endraw %}` is missing"));
      position = text.length();
      return;
    }
    int from = raw.end();
    int to = end.start();
    if (!raw.group(1).isEmpty()) {
      while (from < to && isSpace(text.charAt(from))) {
        from++;
      }
    }
    if (end.group(1).equals("-")) {
      while (to > from && isSpace(text.charAt(to - 1))) {
        to--;
      }
    }
    if (from < to) {
      add(Kind.DATA, text.substring(from, to), from);
    }
    strip = end.group(2).equals("-");
    position = end.end();
  }

  /// The tokens between two delimiters, and these themselves.
  private void inside(Kind begin, Kind end, String closing) {
    int opened = position;
    add(begin, text.substring(position, position + 2), position);
    position += 2;
    if (position < text.length() && "-+".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
    Deque<Character> brackets = new ArrayDeque<>();
    while (true) {
      while (position < text.length() && isSpace(text.charAt(position))) {
        position++;
      }
      if (position >= text.length()) {
        problems.add(
            Problem.at(
                place(opened),
                "what begins here with `%s` has no end: `%s` is missing"
                    .formatted(text.substring(opened, opened + 2), closing)));
        add(end, closing, position);
        return;
      }
      boolean minus = text.startsWith("-" + closing, position);
      boolean plus = closing.equals("%}") && text.startsWith("+" + closing, position);
      if (brackets.isEmpty() && (minus || plus || text.startsWith(closing, position))) {
        add(end, closing, position);
        position += closing.length() + (minus || plus ? 1 : 0);
        strip = minus;
        return;
      }
      token(brackets);
    }
  }

  private void token(Deque<Character> brackets) {
    if (take(FLOAT, Kind.FLOAT) || take(INTEGER, Kind.INTEGER) || take(NAME, Kind.NAME)) {
      return;
    }
    Matcher string = STRING.matcher(text).region(position, text.length());
    if (string.lookingAt()) {
      String inner = string.group(1) == null ? string.group(2) : string.group(1);
      add(Kind.STRING, Escapes.read(inner), position);
      position = string.end();
      return;
    }
    int start = position;
    if (take(OPERATOR, Kind.OPERATOR)) {
      balance(text.charAt(start), start, brackets);
      return;
    }
    int character = text.codePointAt(position);
    String what = character == '"' || character == '\'' ? "the string that begins" : "`%s`";
    problems.add(
        Problem.at(
            place(position),
            character == '"' || character == '\''
                ? what + " here has no end"
                : what.formatted(Character.toString(character)) + " is not expected here"));
    position += Character.charCount(character);
  }

  private void balance(char c, int at, Deque<Character> brackets) {
    if (position - at != 1) {
      return;
    }
    switch (c) {
      case '(' -> brackets.push(')');
      case '[' -> brackets.push(']');
      case '{' -> brackets.push('}');
      case ')', ']', '}' -> {
        if (brackets.isEmpty() || brackets.peek() != c) {
          problems.add(
              Problem.at(
                  place(at),
                  brackets.isEmpty()
                      ? "`%c` closes nothing".formatted(c)
                      : "`%c` stands where `%c` is expected".formatted(c, brackets.peek())));
          brackets.clear();
        } else {
          brackets.pop();
        }
      }
      default -> {}
    }
  }

  private boolean take(Pattern pattern, Kind kind) {
    Matcher found = pattern.matcher(text).region(position, text.length());
    if (!found.lookingAt()) {
      return false;
    }
    add(kind, found.group(), position);
    position = found.end();
    return true;
  }

  private void add(Kind kind, String word, int at) {
    tokens.add(new Token(kind, word, place(at)));
  }

  private Place place(int at) {
    int line = 1;
    int start = 0;
    for (int i = text.indexOf('\n'); i >= 0 && i < at; i = text.indexOf('\n', i + 1)) {
      line++;
      start = i + 1;
    }
    return new Place(source, line, text.codePointCount(start, Math.min(at, text.length())) + 1);
  }
}
