package io.karez.cli;

import io.karez.define.ExperimentName;
import io.karez.inspect.Runs;
import io.karez.project.Project;
import io.karez.project.UserFiles;
import io.karez.site.Reach;
import io.karez.site.RunLink;
import io.karez.store.RunDirectory;
import io.karez.store.RunIndex;
import io.karez.store.RunStore;
import io.karez.transport.SshUnreachableException;
import io.karez.transport.TransportException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/// What a command needs to look at the runs of a project.
///
/// @param root what directories are shown relative to
record Inspection(Path root, RunStore store, Reach reach, Runs runs, InstantSource clock) {
  /// Up to so many runs reading them is faster than opening a database.
  private static final int INDEXED = 1000;

  static Inspection of(Project project) {
    return of(project, (scheduler, why) -> {});
  }

  /// @param silence told of a batch system that does not answer
  static Inspection of(Project project, BiConsumer<String, String> silence) {
    Reach reach = Reach.of(project);
    return new Inspection(
        project.root(),
        new RunStore(project.results()),
        reach,
        new Runs(reach::seen, reach.clock(), silence),
        reach.clock());
  }

  /// Runs, those that go on first, then by number from the newest.
  List<Runs.Line> lines(Optional<ExperimentName> experiment) {
    List<RunDirectory> directories = store.list(experiment);
    Optional<RunIndex> index =
        directories.size() > INDEXED
            ? RunIndex.open(UserFiles.caches(System.getenv()), store.results())
            : Optional.empty();
    try {
      List<Runs.Line> lines = new ArrayList<>(runs.lines(directories, index));
      lines.sort(Runs.Line.LIVELY_AND_NEW_FIRST);
      return lines;
    } finally {
      index.ifPresent(RunIndex::close);
    }
  }

  /// Brings over outputs of jobs. What is here already can be shown in any case.
  ///
  /// @param names as for {@link RunLink#bring}
  /// @return the exit code of a command that shows them
  static int bring(RunLink link, List<String> names, Console console) {
    try {
      link.bring(names);
      return ExitCode.DONE;
    } catch (TransportException e) {
      String why = Printable.joined(String.valueOf(e.getMessage()));
      console.err().println("warning: %s; what is shown may be incomplete".formatted(why));
      return ExitCode.UNREACHABLE;
    }
  }

  /// What a command that has shown how things stand ends with: somebody may have to know that a
  /// site could not be asked.
  int code(Console console) {
    List<SshUnreachableException> refusals = reach.connections().refusals();
    ErrorReport report = new ErrorReport(console, false);
    refusals.forEach(refusal -> report.advice(refusal, true));
    return refusals.isEmpty() ? ExitCode.DONE : ExitCode.UNREACHABLE;
  }
}
