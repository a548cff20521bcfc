package io.karez.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// The events of a run: `events/HOST.jsonl`, one file a host, because appending to one file from
/// several hosts is not safe on NFS. Processes of one host take turns with a lock.
public final class EventLog {
  /// A process holds a file's lock as a whole, and loses it when any of its threads closes the file
  /// (fcntl(2)), so no thread reads while another appends.
  private static final ReentrantReadWriteLock THREADS = new ReentrantReadWriteLock();

  private final RunDirectory run;
  private final Path directory;

  public EventLog(RunDirectory run) {
    this.run = run;
    this.directory = run.events();
  }

  /// Adds an event, whole or not at all; and, but for a settlement, on disk when this returns.
  ///
  /// @throws UncheckedIOException when it could not be written
  public void append(Event event) {
    Path file = directory.resolve(host() + ".jsonl");
    THREADS.writeLock().lock();
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      Optional<FileLock> lock = lock(channel);
      long end = channel.size();
      String line = Event.write(event) + "\n";
      // What a writer that was killed has left of its line must not become the beginning of ours.
      String text = end > 0 && !endsInNewline(channel, end) ? "\n" + line : line;
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      try {
        while (bytes.hasRemaining()) {
          channel.write(bytes, end + bytes.position());
        }
        // What can be found again need not be waited for: after a large run the disk is busy for
        // long.
        if (!(event instanceof Event.Settled)) {
          channel.force(false);
        }
      } catch (IOException e) {
        channel.truncate(end);
        throw e;
      } finally {
        if (lock.isPresent()) {
          lock.get().release();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write `" + file + "`", e);
    } finally {
      THREADS.writeLock().unlock();
    }
  }

  /// All events, each host's in its order. A last line without newline is not there yet; others
  /// that cannot be read are passed over, and those that speak of more added jobs than there are.
  ///
  /// @throws io.karez.text.InvalidInputException when jobs were added and `run.json` cannot be
  ///   understood
  public List<Event> read() {
    List<Event> events = lines();
    for (Event event : events) {
      if (event instanceof Event.Extended) {
        int jobs = RunFiles.countWithExtensions(run, RunDocument.read(run).jobs());
        events.removeIf(other -> other instanceof Event.Extended added && added.jobs() > jobs);
        break;
      }
    }
    return events;
  }

  private List<Event> lines() {
    List<Path> files = new ArrayList<>();
    THREADS.readLock().lock();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory)) {
      for (Path file : found) {
        if (file.toString().endsWith(".jsonl")) {
          files.add(file);
        }
      }
      Collections.sort(files);
      List<Event> events = new ArrayList<>();
      for (Path file : files) {
        for (String line : Lines.complete(Lines.text(file))) {
          Event.read(line).ifPresent(events::add);
        }
      }
      return events;
    } catch (NoSuchFileException e) {
      return new ArrayList<>();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read `" + directory + "`", e);
    } finally {
      THREADS.readLock().unlock();
    }
  }

  /// This machine's name, as a file can be called.
  public static String host() {
    try {
      String name = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
      return name.isEmpty() ? "localhost" : name.replaceAll("[^A-Za-z0-9._-]", "_");
    } catch (IOException e) {
      return "localhost";
    }
  }

  /// Without a lock where the file system has none.
  private static Optional<FileLock> lock(FileChannel channel) throws IOException {
    try {
      return Optional.of(channel.lock());
    } catch (IOException e) {
      // fcntl(2): ENOLCK or EOPNOTSUPP; Java has no type for them
      if (String.valueOf(e.getMessage()).matches(".*(No locks available|not supported).*")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static boolean endsInNewline(FileChannel channel, long end) throws IOException {
    ByteBuffer last = ByteBuffer.allocate(1);
    return channel.read(last, end - 1) == 1 && last.get(0) == '\n';
  }
}
