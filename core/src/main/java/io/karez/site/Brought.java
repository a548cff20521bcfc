package io.karez.site;

import io.karez.store.AtomicFile;
import io.karez.store.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Outputs of jobs of which a copy has some or all: `brought` in it, a line each.
///
/// @param inodes of the originals, by name
/// @param whole names to which nothing more comes, and the run's last submission when that was seen
record Brought(Map<String, String> inodes, Map<String, Integer> whole) {
  private static final String FILE = "brought";
  private static final String WHOLE = "whole:";
  private static final Pattern NAME =
      Pattern.compile("(group_[0-9]{1,9}/|scheduler/)?[A-Za-z0-9][A-Za-z0-9._-]*");

  static Brought read(RunDirectory copy) {
    Map<String, String> inodes = new TreeMap<>();
    Map<String, Integer> whole = new TreeMap<>();
    try {
      for (String line : Files.readAllLines(copy.path().resolve(FILE))) {
        String[] parts = line.split(" ", 2);
        if (parts.length == 2 && parts[0].startsWith(WHOLE)) {
          whole.put(parts[1], Integer.valueOf(parts[0].substring(WHOLE.length())));
        } else if (parts.length == 2) {
          inodes.put(parts[1], parts[0]);
        }
      }
    } catch (NoSuchFileException e) {
      // nothing was brought
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read what is known of `" + copy.path() + "`", e);
    }
    return new Brought(inodes, whole);
  }

  /// What `bring.sh` is to be told.
  String question(RunDirectory copy, List<String> names) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String name : names) {
      Path file = copy.path().resolve(name);
      boolean known =
          inodes.containsKey(name) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
      text.append(
          "%d %s %s\n"
              .formatted(known ? Files.size(file) : 0, known ? inodes.get(name) : "-", name));
    }
    return text.toString();
  }

  /// Puts what it has answered into the copy: more at the end of a file, another file in place of
  /// one.
  ///
  /// @param names that were asked for
  /// @return how many bytes the original of each file had then, by name; not all may have come
  /// @throws IOException when it is no answer
  Map<String, Long> put(RunDirectory copy, Collection<String> names, byte[] answer)
      throws IOException {
    Map<String, String> now = new TreeMap<>(inodes);
    Map<String, Long> sizes = new TreeMap<>();
    int come = 0;
    long lacking = 0;
    int at = 0;
    while (at < answer.length) {
      int end = at;
      while (end < answer.length && answer[end] != '\n') {
        end++;
      }
      String line = new String(answer, at, end - at, StandardCharsets.UTF_8);
      String[] parts = line.split(" ", 5);
      if (parts.length != 5
          || !(parts[0] + parts[1] + parts[2] + parts[3]).matches("[0-9]{4,76}")
          || !NAME.matcher(parts[4]).matches()
          || !isAsked(parts[4], names)) {
        throw new IOException("its answer has a line `" + line + "`");
      }
      long from = Long.parseLong(parts[1]);
      int bytes = Integer.parseInt(parts[2]);
      at = end + 1;
      if (at + bytes > answer.length) {
        throw new IOException("its answer ends too early");
      }
      write(Within.place(copy, parts[4]), from, Arrays.copyOfRange(answer, at, at + bytes));
      now.put(parts[4], parts[0]);
      sizes.put(parts[4], Long.valueOf(parts[3]));
      at += bytes;
      come += bytes;
      lacking += Math.max(0, Long.parseLong(parts[3]) - from - bytes);
    }
    if (come == 0 && lacking > 0) {
      throw new IOException("its answer has nothing of what there is");
    }
    if (!now.equals(inodes)) {
      new Brought(now, whole).write(copy);
    }
    return sizes;
  }

  /// Those to which something may have come since.
  List<String> unfinished(List<String> names, int submission) {
    return names.stream().filter(name -> whole.getOrDefault(name, 0) != submission).toList();
  }

  /// Records that nothing more comes to these files, unless there is a further submission.
  void finish(RunDirectory copy, List<String> names, int submission) {
    if (!names.isEmpty()) {
      Map<String, Integer> all = new TreeMap<>(whole);
      names.forEach(name -> all.put(name, submission));
      new Brought(inodes, all).write(copy);
    }
  }

  private void write(RunDirectory copy) {
    StringBuilder text = new StringBuilder();
    inodes.forEach((name, inode) -> text.append(inode).append(' ').append(name).append('\n'));
    whole.forEach((name, submission) ->
        text.append(WHOLE).append(submission).append(' ').append(name).append('\n'));
    AtomicFile.write(copy.path().resolve(FILE), text.toString(), AtomicFile.ORDINARY);
  }

  /// The far side may be anybody's, and must not choose which files of here it writes.
  private static boolean isAsked(String name, Collection<String> names) {
    return names.contains(name)
        || names.contains(name.substring(0, name.lastIndexOf('/') + 1) + "*");
  }

  private static void write(Path file, long from, byte[] bytes) throws IOException {
    if (from == 0) {
      Path draft = file.resolveSibling("." + file.getFileName() + ".brought");
      Files.deleteIfExists(draft);
      Files.write(draft, bytes, StandardOpenOption.CREATE_NEW);
      Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        channel.write(left, from + left.position());
      }
    }
  }
}
