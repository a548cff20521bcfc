package io.karez.render;

import io.karez.expand.ParameterSet;
import io.karez.store.Job;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import io.karez.text.Secrets;
import io.karez.text.ShellWords;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// The jobs of a run, made one by one from its parameter sets.
public final class Jobs implements Iterator<Job> {
  private final RunRequest request;
  private final RunDirectory run;
  private final Iterator<ParameterSet> sets;
  private final int count;
  private @Nullable ParameterSet next;
  private int index;

  /// The jobs of a new run.
  ///
  /// @throws InvalidInputException when there is not a single set
  public Jobs(RunRequest request, RunDirectory run, Iterable<ParameterSet> sweep) {
    this(request, run, sweep, 0);
  }

  /// Jobs that are added to a run.
  ///
  /// @param first how many it has
  /// @throws InvalidInputException when there is not a single set
  public Jobs(RunRequest request, RunDirectory run, Iterable<ParameterSet> sweep, int first) {
    this.index = first;
    this.request = request;
    this.run = request.original(run);
    this.sets = sweep.iterator();
    if (!sets.hasNext()) {
      throw new InvalidInputException(
          Problem.of("no combination of parameters is left, so there is no job to run"));
    }
    this.next = sets.next();
    this.count = first == 0 && !sets.hasNext() ? 1 : 2;
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  /// @throws InvalidInputException when a word cannot reach the program byte for byte
  @Override
  public Job next() {
    ParameterSet set = next;
    if (set == null) {
      throw new NoSuchElementException();
    }
    next = sets.hasNext() ? sets.next() : null;
    String directory = RunDocument.directoryOf(index, count);
    List<String> argv = request.argv(set.args(), run.path(), run.job(directory));
    for (int i = 0; i < argv.size(); i++) {
      @Nullable String refusal = ShellWords.refusal(argv.get(i));
      if (refusal != null) {
        throw new InvalidInputException(
            Problem.of("%s of job %d %s".formatted(argument(argv, i), index, refusal)));
      }
    }
    return new Job(index++, directory, set.parameters(), set.args(), argv);
  }

  /// How a word is called in a message: by the option before it, where there is a secret.
  private static String argument(List<String> argv, int i) {
    if (!Secrets.areIn(argv)) {
      String word = argv.get(i);
      return "the argument `%s`".formatted(word.length() > 40 ? word.substring(0, 40) + "…" : word);
    }
    String before = i == 0 ? "" : Secrets.hidden(argv).get(i - 1);
    return before.startsWith("-") && !before.contains("=")
        ? "what follows `%s` among the words".formatted(before)
        : "word %d".formatted(i + 1);
  }
}
