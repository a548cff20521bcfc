package io.karez.transfer;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/// What lies in a directory, or a part of it, each path once and a directory before what is in it.
///
/// @param entries in the order of their paths
public record Listing(List<Entry> entries) {
  public static final Listing EMPTY = new Listing(List.of());

  public Listing {
    Map<String, Entry> sorted = new TreeMap<>();
    entries.forEach(entry -> sorted.put(entry.path(), entry));
    entries = List.copyOf(sorted.values());
  }

  public List<String> paths() {
    return entries.stream().map(Entry::path).toList();
  }

  public List<Entry.File> files() {
    return all(Entry.File.class);
  }

  public <E extends Entry> List<E> all(Class<E> kind) {
    return entries.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  public long bytes() {
    return bytes(files());
  }

  public Listing filter(Predicate<Entry> wanted) {
    return new Listing(entries.stream().filter(wanted).toList());
  }

  /// Without what is ignored and what lies in an ignored directory.
  public Listing without(IgnoreRules rules) {
    return filter(entry -> {
      String path = entry.path();
      for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
        if (rules.ignores(path.substring(0, slash), true)) {
          return false;
        }
      }
      return !rules.ignores(path, entry instanceof Entry.Directory);
    });
  }

  /// With the directories that all lies in, also where nobody has listed them.
  Listing withParents() {
    Map<String, Entry> all = new TreeMap<>();
    for (Entry entry : entries) {
      String path = entry.path();
      for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
        String parent = path.substring(0, slash);
        all.putIfAbsent(parent, new Entry.Directory(parent, 0755));
      }
    }
    all.putAll(byPath());
    return new Listing(List.copyOf(all.values()));
  }

  /// Those by path.
  Map<String, Entry> byPath() {
    Map<String, Entry> map = new TreeMap<>();
    entries.forEach(entry -> map.put(entry.path(), entry));
    return map;
  }

  static long bytes(Collection<Entry.File> files) {
    return files.stream().mapToLong(Entry.File::bytes).sum();
  }

  /// Of the directory that a path lies in; empty at the top.
  static Optional<String> parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? Optional.empty() : Optional.of(path.substring(0, slash));
  }
}
