package io.karez.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What schedulers, supervisors and wrappers have left in a run. The tasks of a submission never
/// change and are read once.
public final class SubmissionFiles {
  private final RunDirectory run;
  private final Map<Integer, List<Task>> tasks = new HashMap<>();

  public SubmissionFiles(RunDirectory run) {
    this.run = run;
  }

  public List<Task> tasks(int submission) {
    return tasks.computeIfAbsent(submission, number -> Task.read(run, number));
  }

  /// The names `JOB.ATTEMPT` of all claims.
  public Set<String> claims() {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(run.claims())) {
      Set<String> claims = new HashSet<>();
      found.forEach(claim -> claims.add(claim.getFileName().toString()));
      return claims;
    } catch (NoSuchFileException e) {
      return Set.of();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read `" + run.claims() + "`", e);
    }
  }

  /// The processes of a local supervisor and its slots, one a line; empty until it has said so.
  public Optional<String> supervisors(int submission) {
    return text(run.submission(submission).resolve("supervisor"));
  }

  /// The word that a local supervisor leaves at its end; empty until then.
  public Optional<String> end(int submission) {
    return text(run.submission(submission).resolve("ended"));
  }

  /// When the latest of these files was changed; empty when none is there.
  public Optional<Instant> lastChange(Path... files) {
    Optional<Instant> latest = Optional.empty();
    for (Path file : files) {
      try {
        Instant change = Files.getLastModifiedTime(file).toInstant();
        latest = latest.filter(l -> l.isAfter(change)).or(() -> Optional.of(change));
      } catch (IOException e) {
        // A file that cannot be seen shows no sign of life.
      }
    }
    return latest;
  }

  private static Optional<String> text(Path file) {
    try {
      return Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read `" + file + "`", e);
    }
  }
}
