package io.karez.site;

import io.karez.store.AtomicFile;
import io.karez.store.EventLog;
import io.karez.store.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Which files of a copy this side writes, as they were when they were last sent: `sent` in the
/// copy, a line each.
///
/// @param files their sizes and times, by name
record Sent(Map<String, String> files) {
  private static final String FILE = RunDirectory.SENT;

  Sent {
    files = Collections.unmodifiableMap(new TreeMap<>(files));
  }

  /// As they are now. What has come from the far side is not among them.
  static Sent of(RunDirectory copy) throws IOException {
    Map<String, String> files = new TreeMap<>();
    for (String directory : List.of("submissions", "extensions")) {
      Path place = copy.path().resolve(directory);
      if (Files.isDirectory(place)) {
        try (Stream<Path> all = Files.walk(place)) {
          for (Path file : all.filter(Files::isRegularFile).toList()) {
            add(copy, file, files);
          }
        }
      }
    }
    Path events = copy.events().resolve(EventLog.host() + ".jsonl");
    if (Files.exists(events)) {
      add(copy, events, files);
    }
    return new Sent(files);
  }

  private static void add(RunDirectory copy, Path file, Map<String, String> files)
      throws IOException {
    String name = copy.path().relativize(file).toString();
    BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
    if (!name.matches("submissions/[0-9]+/(supervisor|ended|cancel)")) {
      files.put(name, now.size() + " " + now.lastModifiedTime().toMillis());
    }
  }

  static Sent read(RunDirectory copy) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try {
      for (String line : Files.readAllLines(copy.path().resolve(FILE))) {
        String[] parts = line.split("\t", 2);
        if (parts.length == 2) {
          files.put(parts[1], parts[0]);
        }
      }
    } catch (NoSuchFileException e) {
      // nothing was
    }
    return new Sent(files);
  }

  /// Whether the file is there, with which every copy is made.
  static boolean isCopy(RunDirectory run) {
    return Files.exists(run.path().resolve(FILE));
  }

  /// Whether anything was, so that there is an original.
  static boolean isKnown(RunDirectory copy) {
    try {
      return Files.size(copy.path().resolve(FILE)) > 0;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read what was sent of `" + copy.path() + "`", e);
    }
  }

  Sent withoutEvents() {
    Map<String, String> others = new TreeMap<>(files);
    others.keySet().removeIf(name -> name.startsWith("events/"));
    return new Sent(others);
  }

  void write(RunDirectory copy) {
    StringBuilder text = new StringBuilder();
    files.forEach((name, state) -> text.append(state).append('\t').append(name).append('\n'));
    AtomicFile.write(copy.path().resolve(FILE), text.toString(), AtomicFile.ORDINARY);
  }

  /// The names of files that are new, or not as they were.
  Set<String> changed(Sent before) {
    Set<String> changed = new LinkedHashSet<>();
    files.forEach((name, state) -> {
      if (!state.equals(before.files().get(name))) {
        changed.add(name);
      }
    });
    return changed;
  }

  /// What a file is called in the original: the events of each side in files of its own.
  static String there(String name, String client) {
    return name.startsWith("events/")
        ? "events/near~" + client + "~" + name.substring("events/".length())
        : name;
  }
}
