package io.karez.cli;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.karez.store.JobRecord;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunHistory;
import io.karez.track.TrackedJob;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Copies what the only job of a run prints, byte for byte, as it appears in its files.
final class LiveOutput implements AutoCloseable {
  private static final List<String> NAMES = List.of("stdout.txt", "stderr.txt");

  private final List<Source> sources;

  private LiveOutput(List<Source> sources) {
    this.sources = sources;
  }

  /// Copies nothing when the run has several jobs.
  static LiveOutput of(
      RunDocument document, RunHistory history, RunDirectory run, Console console) {
    if (history.jobs(document) != 1) {
      return new LiveOutput(List.of());
    }
    Path directory = run.job(document.directoryOf(0));
    return new LiveOutput(
        List.of(
            new Source(directory.resolve(NAMES.getFirst()), console.out()),
            new Source(directory.resolve(NAMES.getLast()), console.err())));
  }

  /// The files that it copies, relative to the run's directory.
  List<String> names() {
    return sources.isEmpty() ? List.of() : NAMES;
  }

  /// Before the program of this attempt was started, the files may be those of an earlier one.
  void copy(List<TrackedJob> jobs) throws IOException {
    if (jobs.getFirst().record().flatMap(JobRecord::start).isPresent()) {
      for (Source source : sources) {
        source.copy();
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (Source source : sources) {
      source.close();
    }
  }

  private static final class Source {
    private final Path file;
    private final PrintStream target;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    private @Nullable FileChannel channel;

    Source(Path file, PrintStream target) {
      this.file = file;
      this.target = target;
    }

    void copy() throws IOException {
      if (channel == null && Files.isRegularFile(file, NOFOLLOW_LINKS)) {
        try {
          channel = FileChannel.open(file, StandardOpenOption.READ, NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
          return;
        }
      }
      FileChannel open = channel;
      if (open == null) {
        return;
      }
      boolean some = false;
      while (open.read(buffer.clear()) > 0) {
        target.write(buffer.array(), 0, buffer.position());
        some = true;
      }
      if (some) {
        target.flush();
      }
    }

    void close() throws IOException {
      if (channel != null) {
        channel.close();
      }
    }
  }
}
