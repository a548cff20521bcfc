package io.karez.submit;

import io.karez.define.RunId;
import io.karez.define.SubmitTemplate.Directive;
import io.karez.expand.ParameterSet;
import io.karez.render.Jobs;
import io.karez.render.RunRequest;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.LaunchFiles;
import io.karez.store.RunContents;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunFiles;
import io.karez.store.RunStore;
import io.karez.text.Secrets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Gives a request its number, and its files on disk.
public final class NewRun {
  private final Dialect dialect;
  private final Author author;

  /// Who makes runs, and with what.
  ///
  /// @param version of Karez
  public record Author(String user, String host, String version) {}

  public NewRun(Dialect dialect, Author author) {
    this.dialect = dialect;
    this.author = author;
  }

  /// Goes through all jobs, so that what is wrong with one of them is said before anything is made.
  ///
  /// @return how many there are
  /// @throws io.karez.text.InvalidInputException when there is no job, or one that cannot be run
  public static long check(RunStore store, RunRequest request, Iterable<ParameterSet> sweep) {
    Jobs jobs = new Jobs(request, new RunDirectory(new RunId(1), store.results()), sweep);
    long count = 0;
    while (jobs.hasNext()) {
      jobs.next();
      count++;
    }
    return count;
  }

  /// The run is there whole when this returns, with its first submission prepared and not begun.
  ///
  /// @param run where it will lie; nothing is there yet
  /// @param most how many jobs the first submission carries at most
  /// @param waits what the first submission tells its scheduler to wait for
  /// @param uid of the run, see {@link #uid}
  /// @param copies files to be copied into the run, by their path in it
  /// @throws io.karez.text.InvalidInputException when a parameter set cannot be run; no run is left
  public RunDirectory make(
      RunDirectory run,
      RunRequest request,
      Iterable<ParameterSet> sweep,
      int most,
      List<Directive> waits,
      String uid,
      Map<String, Path> copies,
      Instant now) {
    RunFiles.publish(
        run,
        new Jobs(request, run, sweep),
        most,
        count -> contents(run, request, waits, uid, copies, count, Math.min(count, most), now));
    return run;
  }

  /// 128 random bits.
  public static String uid() {
    byte[] bits = new byte[16];
    new SecureRandom().nextBytes(bits);
    return HexFormat.of().formatHex(bits);
  }

  /// The files of a submission, exactly as they are written.
  public LaunchFiles render(
      RunDirectory run,
      RunRequest request,
      List<Directive> waits,
      String uid,
      int submission,
      int tasks) {
    return NextSubmission.render(dialect, run, request, waits, uid, submission, tasks);
  }

  private RunContents contents(
      RunDirectory run,
      RunRequest request,
      List<Directive> waits,
      String uid,
      Map<String, Path> copies,
      int count,
      int tasks,
      Instant now) {
    LaunchFiles files = render(run, request, waits, uid, 1, tasks);
    Map<String, String> texts = new LinkedHashMap<>(request.texts());
    texts.keySet().removeAll(copies.keySet());
    texts.putAll(files.others());
    texts.put("execute.sh", files.script());
    texts.put("submissions/1/script.sh", files.script());
    request.site().ifPresent(site -> texts.put(RunDirectory.SENT, ""));
    return new RunContents(document(run, request, uid, count, now), texts, copies);
  }

  private RunDocument document(
      RunDirectory run, RunRequest request, String uid, int count, Instant now) {
    return new RunDocument(
        run.id(),
        uid,
        request.experiment(),
        request.description(),
        request.tags(),
        request.command(),
        request.passPaths(),
        request.datasets(),
        request.parametersFiles(),
        count,
        dialect.name(),
        request.site(),
        request.slots(),
        request.devices(),
        request.resources(),
        request.environment(),
        request.setup(),
        request.container(),
        request.directives(),
        request.conduct(),
        request.workingDirectory(),
        request.commit(),
        request.dirty(),
        Secrets.hidden(request.words()),
        author.user(),
        author.host(),
        author.version(),
        now);
  }
}
