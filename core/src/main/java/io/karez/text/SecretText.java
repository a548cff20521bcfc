package io.karez.text;

import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the values of secrets in text of any kind, such as that of `sh -c`: options, assignments,
/// JSON, addresses. What kind it is cannot be known, so rather too much than too little is taken
/// for the value.
///
/// All repetitions are possessive: others need a stack as deep as the text is long.
final class SecretText {
  private static final String BLANKS = "(?:\\s|\\\\\\n)++";

  /// Names as in `--token x`, `TOKEN=x`, `+model.api_key=x`, `"key": "x"`, `h?token=x`; not
  /// `$TOKEN`, and not what follows a slash.
  private static final Pattern NAME =
      Pattern.compile("(?<![\\w./$+-])(?<dashes>[-+]{0,2})(?<name>\\w[\\w./-]*+)");

  /// Between a name and its value there may be what closes quotes or brackets round the name.
  private static final String CLOSING = "(?<closing>[\"'\\\\\\]]*+)";

  private static final Pattern ASSIGNS =
      Pattern.compile(CLOSING + "(?:\\s*+[+:]?=\\s*+(?=[\"']|\\*{3})|[+:]?=|\\s*+:\\s*+)");

  /// The value of an option may also be a word of its own, and an empty one is hardly meant.
  private static final Pattern PRECEDES =
      Pattern.compile(CLOSING + BLANKS + "(?:(?:\"\"|'')" + BLANKS + ")*+");

  /// Adjacent pieces, as a shell joins them. What is not closed goes to the end.
  private static final Pattern VALUE =
      Pattern.compile(
          "(?:"
              + String.join(
                  "|",
                  "\\\\\"[^\"]*+(?:\"|\\z)",
                  "\\\\'[^']*+(?:'|\\z)",
                  "\\\\.",
                  "\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+(?:\"|\\z|\\\\\\z)",
                  "'[^']*+(?:'|\\z)",
                  "`[^`]*+(?:`|\\z)",
                  "\\$\\((?:[^()]++|\\([^()]*+\\)?)*+\\)?",
                  "\\[[^]]*+(?:]|\\z)",
                  "\\{[^}]*+(?:}|\\z)",
                  "[^\\s;|&()\"'`\\[{\\\\]",
                  "\\\\\\z")
              + ")++",
          Pattern.DOTALL);

  /// A value that ends where the quotes round it and its name do: `'token=x y'`.
  private static final Pattern TO_QUOTE =
      Pattern.compile("[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+", Pattern.DOTALL);

  private static final Pattern TO_APOSTROPHE = Pattern.compile("[^']*+");

  /// No secret, but where one comes from. What `echo` says stands in the text itself.
  private static final Pattern SOURCE =
      Pattern.compile("\"?(?:\\$\\w+|\\$\\{\\w+}|\\$\\(\\s*+(?!echo\\b|printf\\b)[^()]*+\\))\"?");

  private final String text;

  private SecretText(String text) {
    this.text = text;
  }

  /// Whether there is a secret in the text, hidden or not.
  static boolean holds(String text) {
    boolean[] found = {false};
    replaced(
        text,
        value -> {
          found[0] = true;
          return value;
        });
    return found[0];
  }

  /// The text with other values in the place of the secrets.
  static String replaced(String text, UnaryOperator<String> shown) {
    return isWorthALook(text) ? new SecretText(text).replace(shown) : text;
  }

  /// A name needs something between it and its value.
  private static boolean isWorthALook(String text) {
    return text.chars().anyMatch(c -> c == '=' || c == ':' || Character.isWhitespace(c))
        && SecretNames.mayBeIn(text);
  }

  private String replace(UnaryOperator<String> shown) {
    StringBuilder result = new StringBuilder(text.length());
    int done = 0;
    int from = 0;
    Matcher name = NAME.matcher(text);
    while (name.find(from)) {
      from = name.end();
      Optional<MatchResult> value =
          SecretNames.contain(name.group()) ? value(name) : Optional.empty();
      if (value.isPresent()) {
        result.append(text, done, value.get().start()).append(shown.apply(value.get().group()));
        done = value.get().end();
        from = done;
      }
    }
    return result.append(text, done, text.length()).toString();
  }

  /// The value that follows a name, unless there is none or it says only where the secret is.
  private Optional<MatchResult> value(MatchResult name) {
    boolean isOption = name.group("dashes").length() == 2;
    return at(ASSIGNS, name.end())
        .or(() -> isOption ? at(PRECEDES, name.end()) : Optional.empty())
        .flatMap(between -> at(pattern(name, between), between.end()))
        .filter(value -> !value.group().isEmpty() && !SOURCE.matcher(value.group()).matches());
  }

  private Pattern pattern(MatchResult name, MatchResult between) {
    char before = name.start() == 0 ? ' ' : text.charAt(name.start() - 1);
    return between.group("closing").indexOf(before) >= 0
        ? VALUE
        : switch (before) {
          case '"' -> TO_QUOTE;
          case '\'' -> TO_APOSTROPHE;
          default -> VALUE;
        };
  }

  private Optional<MatchResult> at(Pattern pattern, int start) {
    Matcher matcher = pattern.matcher(text).region(start, text.length());
    return matcher.lookingAt() ? Optional.of(matcher) : Optional.empty();
  }
}
