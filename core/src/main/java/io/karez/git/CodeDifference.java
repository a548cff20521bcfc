package io.karez.git;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which files differ between two states of the code, each a commit and what was not committed;
/// pure.
final class CodeDifference {
  /// A line of `git diff --raw -z` up to the name.
  private static final Pattern RAW =
      Pattern.compile(":[0-7]+ [0-7]+ ([0-9a-f]+) ([0-9a-f]+) [A-Z][0-9]*");

  private static final Pattern INDEX = Pattern.compile("index ([0-9a-f]+)\\.\\.([0-9a-f]+).*");

  private CodeDifference() {}

  /// What a file held before and after, by the names of git's objects.
  private record Change(String before, String after) {}

  /// @param between what `git diff --raw -z` says of the commits
  /// @param one the uncommitted changes of the first, as {@link PatchWriter} writes them
  /// @param other those of the second
  /// @return paths from the root of the repository, sorted
  static List<String> files(String between, String one, String other) {
    Map<String, Change> commits = raw(between);
    Map<String, Change> first = patch(one);
    Map<String, Change> second = patch(other);
    TreeSet<String> files = new TreeSet<>(commits.keySet());
    files.addAll(first.keySet());
    files.addAll(second.keySet());
    files.removeIf(file -> {
      Optional<Change> base = Optional.ofNullable(commits.get(file));
      Optional<Change> mine = Optional.ofNullable(first.get(file));
      Optional<Change> theirs = Optional.ofNullable(second.get(file));
      // A file that the commits do not tell apart is the same in both of them.
      String left =
          mine.map(Change::after)
              .or(() -> base.map(Change::before))
              .or(() -> theirs.map(Change::before))
              .orElse("");
      String right =
          theirs
              .map(Change::after)
              .or(() -> base.map(Change::after))
              .or(() -> mine.map(Change::before))
              .orElse("");
      return left.equals(right);
    });
    return List.copyOf(files);
  }

  private static Map<String, Change> raw(String text) {
    Map<String, Change> changes = new LinkedHashMap<>();
    String[] parts = text.split("\0", -1);
    for (int i = 0; i + 1 < parts.length; i += 2) {
      Matcher line = RAW.matcher(parts[i]);
      if (line.matches()) {
        changes.put(parts[i + 1], new Change(line.group(1), line.group(2)));
      }
    }
    return changes;
  }

  /// A change of the mode alone has no `index` line, and is told by its own lines.
  private static Map<String, Change> patch(String text) {
    Map<String, Change> changes = new LinkedHashMap<>();
    String file = "";
    boolean inHeader = false;
    for (String line : text.lines().toList()) {
      if (line.startsWith("diff --git ")) {
        file = path(line.substring("diff --git ".length()));
        inHeader = true;
        changes.put(file, new Change("", line));
      } else if (inHeader && line.startsWith("new mode ")) {
        changes.put(file, new Change("", line));
      } else if (inHeader && line.startsWith("index ")) {
        Matcher index = INDEX.matcher(line);
        if (index.matches()) {
          changes.put(file, new Change(index.group(1), index.group(2)));
        }
        inHeader = false;
      }
    }
    return changes;
  }

  /// The name in `a/NAME b/NAME`: without renames it stands there twice.
  private static String path(String names) {
    boolean isQuoted = names.startsWith("\"");
    int half = (names.length() - 1) / 2;
    String name = names.substring(0, half);
    return isQuoted ? name.substring(3, name.length() - 1) : name.substring(2);
  }
}
