package io.karez.transfer;

import java.util.Map;
import java.util.Optional;

/// Turns a pattern of a shell into a regular expression: `*` and `?` match no slash, `**` between
/// slashes matches any number of directories.
final class GlobReader {
  private static final Map<String, String> CLASSES =
      Map.ofEntries(
          Map.entry("alnum", "\\p{Alnum}"),
          Map.entry("alpha", "\\p{Alpha}"),
          Map.entry("blank", "\\p{Blank}"),
          Map.entry("cntrl", "\\p{Cntrl}"),
          Map.entry("digit", "\\p{Digit}"),
          Map.entry("graph", "\\p{Graph}"),
          Map.entry("lower", "\\p{Lower}"),
          Map.entry("print", "\\p{Print}"),
          Map.entry("punct", "\\p{Punct}"),
          Map.entry("space", "\\s"),
          Map.entry("upper", "\\p{Upper}"),
          Map.entry("xdigit", "\\p{XDigit}"));

  private final String glob;
  private int at;

  GlobReader(String glob) {
    this.glob = glob;
  }

  /// @return empty when nothing can match, as with a bracket that is not closed
  Optional<String> regex() {
    StringBuilder regex = new StringBuilder();
    while (at < glob.length()) {
      char c = glob.charAt(at++);
      switch (c) {
        case '*' -> regex.append(stars());
        case '?' -> regex.append("[^/]");
        case '[' -> {
          Optional<String> set = set();
          if (set.isEmpty()) {
            return Optional.empty();
          }
          regex.append(set.get());
        }
        case '\\' -> {
          if (at == glob.length()) {
            return Optional.empty();
          }
          regex.append(literal(glob.charAt(at++)));
        }
        default -> regex.append(literal(c));
      }
    }
    return Optional.of(regex.toString());
  }

  /// Reads on after a first star.
  private String stars() {
    int first = at - 1;
    while (at < glob.length() && glob.charAt(at) == '*') {
      at++;
    }
    boolean begins = first == 0 || glob.charAt(first - 1) == '/';
    boolean ends = at == glob.length() || glob.charAt(at) == '/' || glob.startsWith("\\/", at);
    if (at - first < 2 || !begins || !ends) {
      return "[^/]*";
    }
    if (at < glob.length() && glob.charAt(at) == '/') {
      at++;
      return "(?:.*/)?";
    }
    return ".*";
  }

  private static String literal(char c) {
    return "\\x%02x".formatted((int) c);
  }

  /// Reads on after `[`.
  private Optional<String> set() {
    boolean not = at < glob.length() && (glob.charAt(at) == '!' || glob.charAt(at) == '^');
    at += not ? 1 : 0;
    StringBuilder members = new StringBuilder();
    int previous = -1;
    boolean first = true;
    while (at < glob.length() && (first || glob.charAt(at) != ']')) {
      first = false;
      char c = glob.charAt(at++);
      if (c == '[' && at < glob.length() && glob.charAt(at) == ':') {
        int end = glob.indexOf(":]", at + 1);
        if (end >= 0) {
          String members0 = CLASSES.get(glob.substring(at + 1, end));
          if (members0 == null) {
            return Optional.empty();
          }
          members.append(members0);
          at = end + 2;
          previous = -1;
          continue;
        }
      }
      if (c == '-' && previous >= 0 && at < glob.length() && glob.charAt(at) != ']') {
        char last = glob.charAt(at++);
        if (last == '\\') {
          if (at == glob.length()) {
            return Optional.empty();
          }
          last = glob.charAt(at++);
        }
        if (previous <= last) {
          members.append(literal((char) previous)).append('-').append(literal(last));
        }
        previous = -1;
        continue;
      }
      if (c == '\\') {
        if (at == glob.length()) {
          return Optional.empty();
        }
        c = glob.charAt(at++);
      }
      members.append(literal(c));
      previous = c;
    }
    if (at == glob.length()) {
      return Optional.empty();
    }
    at++;
    if (members.isEmpty()) {
      return Optional.of(not ? "[^/]" : "(?!)");
    }
    return Optional.of(not ? "[^/" + members + "]" : "(?!/)[" + members + "]");
  }
}
