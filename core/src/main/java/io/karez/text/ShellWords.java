package io.karez.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Words for a POSIX shell, and words from text written as for a shell.
///
/// Everything Karez lets a shell read as code is written here, and nowhere else.
public final class ShellWords {
  /// Linux refuses one argument of 32 pages or more, its final NUL included (execve(2),
  /// MAX_ARG_STRLEN).
  public static final int MAX_WORD_BYTES = 131_071;

  private ShellWords() {}

  /// The word as one shell word on one line. Newlines become `"$kz_nl"`, so the shell that reads it
  /// must have set `kz_nl` to a newline; any other name could be one of the user's variables.
  public static String quoteOnLine(String word) {
    return quote(word).replace("\n", "'\"$kz_nl\"'");
  }

  /// A row of words on one line, separated by blanks; see {@link #quoteOnLine}.
  public static String row(List<String> words) {
    return words.stream().map(ShellWords::quoteOnLine).collect(Collectors.joining(" "));
  }

  /// The word as one shell word; newlines stay as they are, inside quotes.
  public static String quote(String word) {
    if (!word.isEmpty() && word.chars().allMatch(ShellWords::isPlain)) {
      return word;
    }
    return "'" + word.replace("'", "'\\''") + "'";
  }

  /// A script for `sh -c` as one word for whatever shell a user has chosen: POSIX, csh or fish.
  /// They agree only on what stands in single quotes without backslashes before quotes, `!` and
  /// newlines; a script with more is written in octal.
  public static String quoteForAnyShell(String script) {
    byte[] bytes = script.getBytes(StandardCharsets.UTF_8);
    StringBuilder octal = new StringBuilder();
    boolean same = true;
    for (byte one : bytes) {
      boolean plain = one == ' ' || (one > 0 && isPlain(one));
      same &= plain;
      octal.append(plain ? String.valueOf((char) one) : "\\0%03o".formatted(one & 0xff));
    }
    return same ? "'" + script + "'" : "'eval \"$(printf %b \"" + octal + "\")\"'";
  }

  /// The words as a person would type them at a prompt.
  public static String quoteAll(List<String> words) {
    return words.stream().map(ShellWords::quote).collect(Collectors.joining(" "));
  }

  /// Why no program can receive this word byte for byte, or null when it can.
  public static @Nullable String refusal(String word) {
    if (word.indexOf('\0') >= 0) {
      return "holds a NUL character, which no program argument can carry";
    }
    int bytes = 0;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < word.length()
          && Character.isLowSurrogate(word.charAt(i + 1))) {
        bytes += 4;
        i++;
      } else if (Character.isSurrogate(c)) {
        return "is not valid Unicode (a lone surrogate)";
      } else {
        bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
      }
    }
    return bytes > MAX_WORD_BYTES
        ? "has " + bytes + " bytes; one argument can have " + MAX_WORD_BYTES + " at most"
        : null;
  }

  /// Splits text into words as a POSIX shell does (Shell Command Language, 2.2 Quoting): blanks and
  /// newlines separate, backslash and both quotes protect. Nothing is expanded: `$`, backticks, `*`
  /// and `~` stay as typed.
  ///
  /// @throws InvalidInputException when a quote is not closed or a backslash ends the text
  public static List<String> split(String text, Place place) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      switch (c) {
        case ' ', '\t', '\n' -> {
          if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
          }
          i++;
        }
        case '\'' -> {
          int end = text.indexOf('\'', i + 1);
          if (end < 0) {
            throw unclosed(text, place, "single quote", i);
          }
          word.append(text, i + 1, end);
          inWord = true;
          i = end + 1;
        }
        case '"' -> {
          i = doubleQuoted(text, place, i, word);
          inWord = true;
        }
        case '\\' -> {
          if (i + 1 == text.length()) {
            throw unclosed(text, place, "backslash", i);
          }
          if (text.charAt(i + 1) != '\n') {
            word.append(text.charAt(i + 1));
            inWord = true;
          }
          i += 2;
        }
        default -> {
          word.append(c);
          inWord = true;
          i++;
        }
      }
    }
    if (inWord) {
      words.add(word.toString());
    }
    return words;
  }

  private static int doubleQuoted(String text, Place place, int start, StringBuilder word) {
    int i = start + 1;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '"') {
        return i + 1;
      }
      if (c == '\\' && i + 1 < text.length() && "$`\"\\\n".indexOf(text.charAt(i + 1)) >= 0) {
        if (text.charAt(i + 1) != '\n') {
          word.append(text.charAt(i + 1));
        }
        i += 2;
      } else {
        word.append(c);
        i++;
      }
    }
    throw unclosed(text, place, "double quote", start);
  }

  private static InvalidInputException unclosed(String text, Place place, String what, int at) {
    return new InvalidInputException(
        Problem.at(
            place,
            "the " + what + " at character " + (at + 1) + " of `" + text + "` is not closed"));
  }

  private static boolean isPlain(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "_./=:,@%+-".indexOf(c) >= 0;
  }
}
