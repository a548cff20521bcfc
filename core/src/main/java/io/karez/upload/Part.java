package io.karez.upload;

import io.karez.transfer.Entry;
import io.karez.transfer.Unfit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Files that one directory is the way to, without links on it. `rsync` follows links only in the
/// names of the directories that it is told, from 3.5 on.
///
/// @param directory below those of the transfer; empty for these themselves
/// @param files with their paths below it
record Part(String directory, List<Entry.File> files) {

  /// @param through directories that are links where the files go to
  static List<Part> of(List<Entry.File> files, List<String> through) {
    Map<String, List<Entry.File>> parts = new TreeMap<>();
    for (Entry.File file : files) {
      String link = "";
      for (String other : through) {
        if (file.path().startsWith(other + "/") && other.length() > link.length()) {
          link = other;
        }
      }
      parts.computeIfAbsent(link, key -> new ArrayList<>()).add(below(link, file));
    }
    return parts.entrySet().stream()
        .map(part -> new Part(part.getKey(), List.copyOf(part.getValue())))
        .toList();
  }

  /// As seen from the directories of the transfer.
  List<Unfit> whole(List<Unfit> unfit) {
    return directory.isEmpty()
        ? unfit
        : unfit.stream().map(one -> new Unfit(directory + "/" + one.path(), one.why())).toList();
  }

  private static Entry.File below(String directory, Entry.File file) {
    return directory.isEmpty()
        ? file
        : new Entry.File(
            file.path().substring(directory.length() + 1),
            file.mode(),
            file.bytes(),
            file.seconds());
  }
}
