package io.karez.site;

import io.karez.store.AtomicFile;
import io.karez.store.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// How much of a run's original the copy has: `fetched` in the copy, lines of text.
///
/// @param last names the last two looks, the later one first; fewer at the beginning
/// @param over the claims whose jobs have come to their end
record Fetched(List<String> last, Set<String> over) {
  private static final String FILE = "fetched";
  private static final String FIRST_ATTEMPT = ".1";

  static final Fetched NOTHING = new Fetched(List.of(), Set.of());

  Fetched {
    last = List.copyOf(last);
    over = Set.copyOf(over);
  }

  static Fetched read(RunDirectory copy) {
    try {
      List<String> lines = Files.readAllLines(copy.path().resolve(FILE));
      List<String> last =
          lines.isEmpty() || lines.getFirst().isBlank()
              ? List.of()
              : List.of(lines.getFirst().split(" "));
      Set<String> over = new TreeSet<>();
      for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
        String[] ends = line.split("-", 2);
        if (ends.length == 1) {
          over.add(line);
        } else {
          int end = Integer.parseInt(ends[1]);
          for (int job = Integer.parseInt(ends[0]); job <= end; job++) {
            over.add(job + FIRST_ATTEMPT);
          }
        }
      }
      return new Fetched(last, over);
    } catch (NoSuchFileException | NumberFormatException e) {
      // what is not known is fetched once more
      return NOTHING;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read what is known of `" + copy.path() + "`", e);
    }
  }

  void write(RunDirectory copy) {
    List<String> lines = new ArrayList<>(List.of(String.join(" ", last)));
    lines.addAll(lines());
    AtomicFile.write(
        copy.path().resolve(FILE), String.join("\n", lines) + "\n", AtomicFile.ORDINARY);
  }

  /// What is over: a claim a line, those of first attempts in a row as `FIRST-LAST`.
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    Set<Integer> first = new TreeSet<>();
    for (String claim : over) {
      String job = claim.substring(0, claim.indexOf('.'));
      if (claim.equals(job + FIRST_ATTEMPT)) {
        first.add(Integer.valueOf(job));
      } else {
        lines.add(claim);
      }
    }
    int begin = -1;
    int end = -2;
    for (int job : first) {
      if (job != end + 1) {
        addRange(lines, begin, end);
        begin = job;
      }
      end = job;
    }
    addRange(lines, begin, end);
    return lines;
  }

  private static void addRange(List<String> lines, int begin, int end) {
    if (begin >= 0) {
      lines.add(begin + "-" + end);
    }
  }
}
