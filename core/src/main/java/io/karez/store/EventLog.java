package io.karez.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The events of a run: `events/HOST.jsonl`, one file a host, because appending to one file from
/// several hosts is not safe on NFS. Processes of one host take turns with a lock.
public final class EventLog {
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
    // What can be found again need not be waited for: after a large run the disk is busy for long.
    new LineFile(directory.resolve(host() + ".jsonl"))
        .append(Event.write(event), !(event instanceof Event.Settled));
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
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory)) {
      for (Path file : found) {
        if (file.toString().endsWith(".jsonl")) {
          files.add(file);
        }
      }
      Collections.sort(files);
      List<Event> events = new ArrayList<>();
      for (Path file : files) {
        for (String line : new LineFile(file).read()) {
          Event.read(line).ifPresent(events::add);
        }
      }
      return events;
    } catch (NoSuchFileException e) {
      return new ArrayList<>();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read `" + directory + "`", e);
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
}
