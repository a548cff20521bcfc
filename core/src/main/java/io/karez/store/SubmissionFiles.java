package io.karez.store;

import io.karez.define.SubmitTemplate.Directive;
import io.karez.text.Json;
import io.karez.text.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What schedulers, supervisors and wrappers have left in a run. The tasks of a submission never
/// change and are read once.
public final class SubmissionFiles {
  /// Ends the name of the file that marks a claim as taken to keep the job from starting.
  public static final String WITHDRAWN = ".withdrawn";

  private static final String DIRECTIVES = "directives";

  private final RunDirectory run;
  private final Map<Integer, List<Task>> tasks = new HashMap<>();

  public SubmissionFiles(RunDirectory run) {
    this.run = run;
  }

  public List<Task> tasks(int submission) {
    return tasks.computeIfAbsent(submission, number -> Task.read(run, number));
  }

  /// The numbers of all submissions that there are files of, begun or not.
  public List<Integer> prepared() {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(run.submissions(), "[0-9]*")) {
      List<Integer> numbers = new ArrayList<>();
      for (Path path : found) {
        String name = path.getFileName().toString();
        if (name.matches("[1-9][0-9]{0,8}")) {
          numbers.add(Integer.valueOf(name));
        }
      }
      return numbers;
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read `" + run.submissions() + "`", e);
    }
  }

  /// The names `JOB.ATTEMPT` of all claims, and those of the marks beside them.
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

  /// Records that a submission asks the scheduler for something else than the run did.
  public static void writeDirectives(RunDirectory run, int submission, List<Directive> directives) {
    String line = Json.write(Map.of(DIRECTIVES, Directives.words(directives))) + "\n";
    AtomicFile.write(
        run.submission(submission).resolve(DIRECTIVES + ".json"), line, AtomicFile.ORDINARY);
  }

  /// What a submission asks the scheduler for, where that is not what the run asks for.
  public Optional<List<Directive>> directives(int submission) {
    return text(run.submission(submission).resolve(DIRECTIVES + ".json"))
        .flatMap(JsonObject::ofLine)
        .map(line -> Directives.read(line.rows(DIRECTIVES)));
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
      return Optional.of(Lines.text(file).strip()).filter(text -> !text.isEmpty());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read `" + file + "`", e);
    }
  }
}
