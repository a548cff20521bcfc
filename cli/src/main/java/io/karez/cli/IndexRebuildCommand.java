package io.karez.cli;

import io.karez.inspect.Runs;
import io.karez.project.Project;
import io.karez.project.UserFiles;
import io.karez.site.Reach;
import io.karez.store.Drafts;
import io.karez.store.RunIndex;
import io.karez.store.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Makes the index of a project's runs anew. Nothing else is ever lost with it.
final class IndexRebuildCommand implements Verb {
  private final ProjectOptions project = new ProjectOptions();

  @Override
  public void declare(Options options) {
    project.declare(options);
    options.footer("", "Example: karez index rebuild");
  }

  @Override
  public int run(Console console) throws IOException {
    Project here = project.project();
    RunStore store = new RunStore(here.results());
    for (Path draft : Drafts.remove(store, Instant.now())) {
      console
          .err()
          .println(
              "removed `%s`: the making of this run was killed before it was there"
                  .formatted(Printable.onLine(draft.toString())));
    }
    Path file = RunIndex.file(UserFiles.caches(System.getenv()), here.results());
    Files.deleteIfExists(file);
    Optional<RunIndex> index = RunIndex.open(UserFiles.caches(System.getenv()), here.results());
    if (index.isEmpty()) {
      console.err().println("error: cannot make the index `" + file + "`");
      console.err().println("hint: everything works without it, only slower for thousands of runs");
      return ExitCode.FAILED;
    }
    try (RunIndex open = index.get()) {
      int runs =
          new Runs(Reach.of(here), InstantSource.system())
              .lines(store.list(Optional.empty()), Optional.of(open))
              .size();
      console.err().println("looked at %d runs; the index is `%s`".formatted(runs, file));
    }
    return ExitCode.DONE;
  }
}
