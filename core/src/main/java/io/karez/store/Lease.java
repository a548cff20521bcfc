package io.karez.store;

import io.karez.text.Json;
import io.karez.text.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Who does something that only one is to do at a time, on any of the machines that share a
/// directory. It has to be renewed; one that is not may be taken over.
///
/// It is not what keeps a job from running twice: that is the claim which every job takes before it
/// starts.
public final class Lease implements AutoCloseable {
  /// How long one lasts whose holder has made the file and not said who it is: it was killed
  /// between the two.
  private static final Duration UNWRITTEN = Duration.ofMinutes(1);

  private final Path file;
  private final String uid;

  private Lease(Path file, String uid) {
    this.file = file;
    this.uid = uid;
  }

  /// Either the lease, or who has it.
  public sealed interface Attempt {
    record Taken(Lease lease) implements Attempt {}

    /// @param holder `pid 123 on HOST`
    record Held(String holder) implements Attempt {}
  }

  /// Whether somebody has a lease.
  public enum Standing {
    FREE,
    HELD,
    /// Who had it was killed, or has not renewed it for too long.
    LEFT
  }

  /// Looks without taking it.
  ///
  /// @param life how long it lasts when it is not renewed; clocks may differ by less
  public static Standing standing(Path file, String host, Duration life) {
    try {
      Optional<Instant> renewed = renewedAt(file);
      if (renewed.isEmpty()) {
        return Standing.FREE;
      }
      boolean over = renewed.get().plus(life).isBefore(Instant.now());
      return over || isOfTheDead(file, host) ? Standing.LEFT : Standing.HELD;
    } catch (NoSuchFileException e) {
      return Standing.FREE;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read `" + file + "`", e);
    }
  }

  /// One of a process that has ended on this very machine counts for nothing.
  ///
  /// @param uid tells this holder from all others
  /// @param life how long it lasts when it is not renewed
  public static Attempt take(Path file, String uid, String host, long pid, Duration life) {
    Map<String, Object> text = new LinkedHashMap<>();
    text.put("uid", uid);
    text.put("host", host);
    text.put("pid", pid);
    try {
      Optional<Instant> renewed = renewedAt(file);
      boolean over =
          renewed.isPresent()
              && (isOfTheDead(file, host)
                  || renewed
                      .get()
                      .plus(isWritten(file) ? life : UNWRITTEN)
                      .isBefore(now(file, uid)));
      if (over) {
        Optional<String> expired = read(file).flatMap(holder -> holder.optionalString("uid"));
        Path aside = file.resolveSibling(file.getFileName() + "." + uid + ".old");
        Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
        Optional<JsonObject> moved = read(aside);
        boolean same = moved.flatMap(holder -> holder.optionalString("uid")).equals(expired);
        if (!same) {
          // somebody was faster, and it is that one's
          Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
          return new Attempt.Held(holder(file));
        }
        Files.delete(aside);
      }
      Files.writeString(file, Json.write(text) + "\n", StandardOpenOption.CREATE_NEW);
      return new Attempt.Taken(new Lease(file, uid));
    } catch (FileAlreadyExistsException | NoSuchFileException e) {
      return new Attempt.Held(holder(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot take `" + file + "`", e);
    }
  }

  private static boolean isWritten(Path file) throws IOException {
    return read(file).isPresent();
  }

  private static boolean isOfTheDead(Path file, String host) throws IOException {
    Optional<JsonObject> holder = read(file);
    return holder.flatMap(h -> h.optionalString("host")).equals(Optional.of(host))
        && holder
            .flatMap(h -> h.optionalNumber("pid"))
            .flatMap(ProcessHandle::of)
            .filter(ProcessHandle::isAlive)
            .isEmpty();
  }

  /// By the clock of the file system, which all hosts share.
  private static Instant now(Path file, String uid) throws IOException {
    Path probe = Files.createFile(file.resolveSibling(file.getFileName() + "." + uid));
    Instant now = Files.getLastModifiedTime(probe).toInstant();
    Files.delete(probe);
    return now;
  }

  /// @return whether it is still this one's
  public boolean renew() {
    try {
      if (!isOwn()) {
        return false;
      }
      // the same text again, so that whoever reads meanwhile reads the whole
      Files.write(file, Files.readAllBytes(file), StandardOpenOption.WRITE);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      if (isOwn()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // it runs out by itself
    }
  }

  private boolean isOwn() throws IOException {
    return Files.exists(file)
        && read(file).flatMap(holder -> holder.optionalString("uid")).equals(Optional.of(uid));
  }

  private static Optional<Instant> renewedAt(Path file) throws IOException {
    try {
      return Optional.of(Files.getLastModifiedTime(file).toInstant());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static String holder(Path file) {
    try {
      Optional<JsonObject> holder = read(file);
      return "pid %d on %s"
          .formatted(
              holder.flatMap(h -> h.optionalNumber("pid")).orElse(0L),
              holder.flatMap(h -> h.optionalString("host")).orElse("an unknown host"));
    } catch (IOException e) {
      return "somebody who has just ended";
    }
  }

  private static Optional<JsonObject> read(Path file) throws IOException {
    return JsonObject.ofLine(Files.readString(file, StandardCharsets.UTF_8).strip());
  }
}
