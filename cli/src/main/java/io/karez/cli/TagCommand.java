package io.karez.cli;

import io.karez.define.RunId;
import io.karez.define.Tags;
import io.karez.store.Event;
import io.karez.store.EventLog;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunHistory;
import io.karez.text.InvalidInputException;
import io.karez.text.Nearest;
import io.karez.text.Problem;
import java.util.ArrayList;
import java.util.List;

/// Adds tags to a run, or takes them away; without tags it shows them.
final class TagCommand implements Verb {
  private final ProjectOptions project = new ProjectOptions();

  private List<String> words = List.of();
  private boolean remove;

  @Override
  public void declare(Options options) {
    project.declare(options);
    options
        .words("[NAME] RUN [TAG...]", "1..*", "the run and its tags", given -> words = given)
        .flag("--remove", "take the tags away", () -> remove = true)
        .footer("", "Examples:", "  karez tag 4 baseline", "  karez tag 4 baseline --remove");
  }

  @Override
  public int run(Console console) {
    Inspection inspection = Inspection.of(project.project());
    RunWords.First named = RunWords.first(words, inspection.store());
    RunDirectory run = named.run().whole("tagged");
    List<String> own =
        RunHistory.of(new EventLog(run).read())
            .tags()
            .orElseGet(() -> RunDocument.read(run).tags());
    if (named.rest().isEmpty() && (remove || own.isEmpty())) {
      throw new InvalidInputException(
          remove
              ? Problem.of("no tag is named that is to be taken away").hint(tagged(run.id(), own))
              : Problem.of("run %s has no tags".formatted(run.id()))
                  .hint("`karez tag %s TAG` adds one".formatted(run.id())));
    }
    if (named.rest().isEmpty()) {
      own.forEach(tag -> console.out().println(Printable.onLine(tag)));
      return ExitCode.DONE;
    }
    List<String> tags = new ArrayList<>(own);
    if (remove) {
      requireAll(named.rest(), tags);
      tags.removeAll(named.rest());
    } else {
      tags.addAll(named.rest());
    }
    List<String> changed = Tags.of(tags);
    if (!changed.equals(own)) {
      new EventLog(run).append(new Event.Tagged(inspection.clock().instant(), changed));
    }
    console.err().println(tagged(run.id(), changed));
    return ExitCode.DONE;
  }

  private static String tagged(RunId run, List<String> tags) {
    String shown = Printable.onLine(String.join("`, `", tags));
    return tags.isEmpty()
        ? "run %s has no tags".formatted(run)
        : "run %s is tagged `%s`".formatted(run, shown);
  }

  private void requireAll(List<String> wanted, List<String> tags) {
    List<Problem> problems =
        wanted.stream().filter(tag -> !tags.contains(tag)).map(tag -> missing(tag, tags)).toList();
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  private Problem missing(String tag, List<String> tags) {
    Problem problem = Problem.of("the run has no tag `%s`".formatted(tag));
    return Nearest.to(tag, tags)
        .map(near -> problem.hint("did you mean `%s`?".formatted(near)))
        .orElse(problem);
  }
}
