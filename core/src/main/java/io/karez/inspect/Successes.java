package io.karez.inspect;

import io.karez.define.JobState;
import io.karez.define.RunId;
import io.karez.render.RunRequest;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunFiles;
import io.karez.store.RunStore;
import io.karez.track.TrackedJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What has succeeded already of what is asked for.
public final class Successes {
  private Successes() {}

  /// The runs in which each list of arguments has succeeded, a run once for each time, with the
  /// same experiment and code: the same command at the same commit with the same uncommitted
  /// changes, or, when no commit is known, in the same directory; and with the same files of
  /// parameters.
  ///
  /// @param difference the uncommitted changes of now, as `uncommitted.patch` holds them
  public static Map<List<String>, List<RunId>> of(
      RunStore store, Runs runs, RunRequest request, Optional<String> difference) {
    Map<List<String>, List<RunId>> successes = new HashMap<>();
    for (RunDirectory run : store.list(Optional.of(request.experiment()))) {
      if (isSame(run, RunDocument.read(run), request, difference)) {
        Runs.Detail detail = runs.detail(run);
        if (detail.view().counts().of(JobState.SUCCEEDED) > 0) {
          add(run, detail.jobs(), successes);
        }
      }
    }
    return successes;
  }

  private static void add(
      RunDirectory run, List<TrackedJob> jobs, Map<List<String>, List<RunId>> successes) {
    RunFiles.eachJob(
        run,
        job -> {
          if (job.index() < jobs.size()
              && jobs.get(job.index()).verdict().state() == JobState.SUCCEEDED) {
            successes.computeIfAbsent(job.arguments(), ignored -> new ArrayList<>()).add(run.id());
          }
        });
  }

  private static boolean isSame(
      RunDirectory run, RunDocument document, RunRequest request, Optional<String> difference) {
    return document.command().equals(request.command())
        && document.commit().equals(request.commit())
        && document.dirty() == request.dirty()
        && (document.commit().isPresent()
            || document.workingDirectory().equals(request.workingDirectory()))
        && document.parametersFiles().equals(request.parametersFiles())
        && request.parametersFiles().stream()
            .allMatch(name -> text(run.path().resolve(name)).equals(request.texts().get(name)))
        && (!request.dirty() || hasDifference(run, difference));
  }

  private static boolean hasDifference(RunDirectory run, Optional<String> difference) {
    return difference.filter(latin(run.path().resolve("uncommitted.patch"))::equals).isPresent();
  }

  private static String text(Path file) {
    return new String(latin(file).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  /// Byte for byte; empty when there is no such file.
  private static String latin(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read `" + file + "`", e);
    }
  }
}
