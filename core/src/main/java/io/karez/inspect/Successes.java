package io.karez.inspect;

import io.karez.define.Container;
import io.karez.define.JobState;
import io.karez.define.RunId;
import io.karez.render.RunRequest;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunFiles;
import io.karez.store.RunStore;
import io.karez.store.SubmissionCode;
import io.karez.text.InvalidInputException;
import io.karez.track.TrackedJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;

/// What has succeeded already of what is asked for: the runs in which each list of arguments has
/// succeeded, a run once for each time, with the same experiment, command, container and files of
/// parameters.
///
/// @param same with the same code: the same commit with the same uncommitted changes, or, when no
///   commit is known, in the same directory
/// @param others with other code, by run and submission, the newest run last
public record Successes(
    Map<List<String>, List<RunId>> same, Map<Elsewhere, List<List<String>>> others) {

  /// Where other code has succeeded.
  ///
  /// @param patch what differed from its commit; there when the code was dirty and it was kept
  public record Elsewhere(RunId run, int submission, SubmissionCode code, Path patch) {}

  /// @param difference the uncommitted changes of now, as `uncommitted.patch` holds them
  /// @param broken takes each run that cannot be read, and so is left out
  public static Successes of(
      RunStore store,
      Runs runs,
      RunRequest request,
      Optional<String> difference,
      Consumer<Runs.Line.Broken> broken) {
    SubmissionCode now = SubmissionCode.of(request.commit(), request.dirty(), difference);
    Successes successes = new Successes(new HashMap<>(), new LinkedHashMap<>());
    for (RunDirectory run : store.list(Optional.of(request.experiment()))) {
      try {
        RunDocument document = RunDocument.read(run);
        if (isSameProgram(run, document, request)) {
          Runs.Detail detail = runs.detail(run);
          if (detail.view().counts().of(JobState.SUCCEEDED) > 0) {
            successes.add(run, document, detail.jobs(), request, now);
          }
        }
      } catch (InvalidInputException | UncheckedIOException e) {
        broken.accept(Runs.Line.Broken.of(run, e));
      }
    }
    return successes;
  }

  private void add(
      RunDirectory run,
      RunDocument document,
      List<TrackedJob> jobs,
      RunRequest request,
      SubmissionCode now) {
    boolean isPlaceSame = document.workingDirectory().equals(request.workingDirectory());
    SubmissionCode first = SubmissionCode.of(run, document);
    SortedMap<Integer, SubmissionCode> codes = SubmissionCode.others(run);
    RunFiles.eachJob(
        run,
        job -> {
          boolean succeeded =
              job.index() < jobs.size()
                  && jobs.get(job.index()).verdict().state() == JobState.SUCCEEDED;
          if (!succeeded) {
            return;
          }
          int submission = jobs.get(job.index()).submission();
          SubmissionCode code = codes.getOrDefault(submission, first);
          if (code.isSame(now) && (now.commit().isPresent() || isPlaceSame)) {
            same.computeIfAbsent(job.arguments(), ignored -> new ArrayList<>()).add(run.id());
            return;
          }
          boolean own = codes.containsKey(submission);
          Path place = own ? run.submission(submission) : run.path();
          others
              .computeIfAbsent(
                  new Elsewhere(
                      run.id(), own ? submission : 1, code, place.resolve(SubmissionCode.PATCH)),
                  ignored -> new ArrayList<>())
              .add(job.arguments());
        });
  }

  private static boolean isSameProgram(RunDirectory run, RunDocument document, RunRequest request) {
    return document.command().equals(request.command())
        && image(document.container()).equals(image(request.container()))
        && document.parametersFiles().equals(request.parametersFiles())
        && request.parametersFiles().stream()
            .allMatch(name -> text(run.path().resolve(name)).equals(request.texts().get(name)));
  }

  private static Optional<String> image(Optional<Container> container) {
    return container.map(image -> image + " " + image.version().orElse(""));
  }

  /// Empty when there is no such file.
  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read `" + file + "`", e);
    }
  }
}
