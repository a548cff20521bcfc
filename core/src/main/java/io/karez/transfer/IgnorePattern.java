package io.karez.transfer;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/// One line of an ignore file, as git reads it.
///
/// Names are compared byte by byte: `?` is one byte of UTF-8. `Pattern` sees each byte as a
/// character of Latin-1.
///
/// @param negative whether it takes files in again
/// @param directories whether it is about directories only
/// @param anywhere whether it is about a name in any directory, not about a path
/// @param pattern what a name, or a path below the directory of the ignore file, has to be
/// @see <a href="https://git-scm.com/docs/gitignore">gitignore(5)</a>
record IgnorePattern(boolean negative, boolean directories, boolean anywhere, Pattern pattern) {
  private static final Pattern NEVER = Pattern.compile("(?!)");

  /// @param line without its newline
  /// @return empty for a remark or an empty line
  static Optional<IgnorePattern> parse(String line) {
    if (line.isEmpty() || line.startsWith("#")) {
      return Optional.empty();
    }
    String text = bytes(withoutTrailingBlanks(line));
    boolean negative = text.startsWith("!");
    text = negative ? text.substring(1) : text;
    boolean directories = text.endsWith("/");
    text = directories ? text.substring(0, text.length() - 1) : text;
    boolean anywhere = text.indexOf('/') < 0;
    String path = text.startsWith("/") ? text.substring(1) : text;
    return Optional.of(new IgnorePattern(negative, directories, anywhere, compile(path)));
  }

  /// @param path below the directory of the ignore file
  boolean matches(String path, boolean isDirectory) {
    if (directories && !isDirectory) {
      return false;
    }
    String subject = anywhere ? path.substring(path.lastIndexOf('/') + 1) : path;
    return pattern.matcher(bytes(subject)).matches();
  }

  private static String bytes(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /// A blank after a backslash stays.
  private static String withoutTrailingBlanks(String line) {
    int end = 0;
    for (int i = 0; i < line.length(); i++) {
      if (line.charAt(i) == '\\') {
        i++;
        end = Math.min(i + 1, line.length());
      } else if (line.charAt(i) != ' ') {
        end = i + 1;
      }
    }
    return line.substring(0, end);
  }

  /// Git compares what stands before the first special character by itself, so `a/b**` is
  /// everything that begins with `a/b`, below it too.
  private static Pattern compile(String glob) {
    if (glob.isEmpty()) {
      return NEVER;
    }
    int end = 0;
    while (end < glob.length() && "*?[\\".indexOf(glob.charAt(end)) < 0) {
      end++;
    }
    String plain = Pattern.quote(glob.substring(0, end));
    return new GlobReader(glob.substring(end))
        .regex()
        .map(rest -> Pattern.compile(plain + rest, Pattern.DOTALL))
        .orElse(NEVER);
  }
}
