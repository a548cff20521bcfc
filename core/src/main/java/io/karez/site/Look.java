package io.karez.site;

import io.karez.store.JobRecord;
import io.karez.store.RunDirectory;
import io.karez.store.SubmissionFiles;
import io.karez.store.TreeDeletion;
import io.karez.transport.TransportException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/// What `fetch.sh` has said, put into the copy of a run.
///
/// @param ahead how far the clock there is ahead of the one here
/// @param claims names of claims and of the marks beside them
/// @param archive of the files that may have changed
@SuppressWarnings("ArrayRecordComponent")
record Look(Duration ahead, Set<String> claims, byte[] archive) {
  /// It is copied more than once on the way; a site that sends more would take all memory.
  private static final int MOST_BYTES =
      (int) Math.min(1 << 30, Runtime.getRuntime().maxMemory() / 8);

  private static final Pattern CLAIM = Pattern.compile("[0-9]{1,9}\\.[0-9]{1,4}(\\.[a-z0-9]+)?");
  private static final Pattern RECORD = Pattern.compile("(?:group_([0-9]{1,9})/)?record\\.jsonl");

  /// Whatever else comes is not taken: the far side may be anybody's.
  private static final Pattern WANTED =
      Pattern.compile(
          "(submissions|extensions)/[0-9]{1,9}/[A-Za-z][A-Za-z0-9._-]*|events/[A-Za-z0-9._~-]+\\.jsonl"
              + "|scheduler/heartbeat|(group_[0-9]{1,9}/)?(record\\.jsonl|heartbeat|progress\\.txt)");

  /// @throws IOException when it is no answer
  static Look read(byte[] reply, Instant now) throws IOException {
    boolean isPacked = reply.length > 1 && reply[0] == 0x1f && (reply[1] & 0xff) == 0x8b;
    byte[] bytes = isPacked ? unpacked(reply) : reply;
    List<String> lines = new ArrayList<>();
    int begin = 0;
    while (true) {
      int end = begin;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      if (end == bytes.length) {
        throw new IOException("its answer ends too early");
      }
      String line = new String(bytes, begin, end - begin, StandardCharsets.UTF_8);
      begin = end + 1;
      if (line.isEmpty() && !lines.isEmpty()) {
        break;
      }
      lines.add(line);
    }
    if (!lines.getFirst().matches("[0-9]{1,12}")) {
      throw new IOException("its answer begins with `" + lines.getFirst() + "`");
    }
    Instant there = Instant.ofEpochSecond(Long.parseLong(lines.getFirst()));
    return new Look(
        Duration.between(now, there),
        lines.stream()
            .skip(1)
            .filter(name -> CLAIM.matcher(name).matches())
            .collect(Collectors.toSet()),
        Arrays.copyOfRange(bytes, begin, bytes.length));
  }

  private static byte[] unpacked(byte[] reply) throws IOException {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(reply))) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IOException("its answer has more than %d MB".formatted(MOST_BYTES >> 20));
      }
      return bytes;
    }
  }

  /// Puts everything in its place, each file whole.
  ///
  /// @param site whose name the far side's events get, so that they are not taken for those of here
  /// @param known the claims that are over
  /// @return further ones
  Set<String> putInto(RunDirectory copy, String site, Set<String> known)
      throws IOException, TransportException {
    NearRun.touch(copy, claims.stream().map(name -> "claims/" + name).toList());
    Path place = Files.createTempDirectory(copy.path(), ".fetching");
    try {
      Archive.unpack(archive, place);
      Map<Integer, Map<Integer, Integer>> ends = new HashMap<>();
      Files.walkFileTree(
          place,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              String name = place.relativize(file).toString();
              if (WANTED.matcher(name).matches()
                  && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                put(file, name, copy, site, ends);
              }
              return FileVisitResult.CONTINUE;
            }
          });
      return over(ends, known);
    } finally {
      deleteQuietly(place);
    }
  }

  private void put(
      Path file,
      String name,
      RunDirectory copy,
      String site,
      Map<Integer, Map<Integer, Integer>> ends)
      throws IOException {
    Matcher record = RECORD.matcher(name);
    if (record.matches()) {
      int job = record.group(1) == null ? 0 : Integer.parseInt(record.group(1));
      ends.put(job, JobRecord.ends(file));
    }
    // Ages are told by the clock of here.
    FileTime changed = Files.getLastModifiedTime(file);
    Files.setLastModifiedTime(file, FileTime.from(changed.toInstant().minus(ahead)));
    Path target =
        Within.place(
            copy,
            name.startsWith("events/")
                ? "events/" + site + "~" + name.substring("events/".length())
                : name);
    Files.move(file, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /// The claims of attempts of which every start has its end, and of those that never start.
  ///
  /// @param ends how many, by job and attempt
  private Set<String> over(Map<Integer, Map<Integer, Integer>> ends, Set<String> known) {
    Map<String, Integer> starts = new HashMap<>();
    for (String claim : claims) {
      count(claim, starts);
    }
    known.forEach(claim -> count(claim, starts));
    Set<String> over = new HashSet<>();
    for (String claim : claims) {
      String[] parts = claim.split("\\.");
      String attempt = parts[0] + "." + parts[1];
      int ended =
          ends.getOrDefault(Integer.valueOf(parts[0]), Map.of())
              .getOrDefault(Integer.valueOf(parts[1]), 0);
      if ((ended > 0 && ended >= starts.getOrDefault(attempt, 0))
          || claims.contains(attempt + SubmissionFiles.WITHDRAWN)) {
        over.add(claim);
      }
    }
    return over;
  }

  /// A scheduler that starts an attempt again makes a claim `JOB.ATTEMPT.rN` for it.
  private static void count(String claim, Map<String, Integer> starts) {
    String[] parts = claim.split("\\.");
    if (parts.length == 2 || parts[2].startsWith("r")) {
      starts.merge(parts[0] + "." + parts[1], 1, Integer::sum);
    }
  }

  private static void deleteQuietly(Path place) {
    try {
      TreeDeletion.delete(place);
    } catch (UncheckedIOException e) {
      // it is hidden and harmless
    }
  }
}
