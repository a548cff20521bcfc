package io.karez.cli;

import io.karez.define.Resources;
import io.karez.define.SubmitTemplate.Directive;
import io.karez.scheduler.Allocations;
import io.karez.scheduler.Directives;
import io.karez.scheduler.NativeId;
import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.Problems;
import io.karez.text.ShellWords;
import io.karez.transport.Command;
import io.karez.transport.Starter;
import java.util.List;
import java.util.Set;

/// A command inside an allocation, with the streams of this process.
record AllocStep(Command command) {
  /// @param natives as they were typed
  /// @param variables the names of those that the command would inherit
  /// @throws InvalidInputException with all of what cannot be asked for or handed over
  static AllocStep of(
      Allocations allocations,
      NativeId id,
      Resources resources,
      List<String> natives,
      List<String> program,
      Set<String> variables) {
    Problems problems = new Problems();
    List<Directive> directives = natives(allocations, natives, problems);
    for (int i = 0; i < program.size(); i++) {
      String why = ShellWords.refusal(program.get(i));
      if (why != null) {
        problems.add(Problem.of("word %d of the command %s".formatted(i + 1, why)));
      }
    }
    problems.throwIfAny();
    return new AllocStep(
        allocations.step(
            id,
            new Directives(allocations).over(resources).over(directives).list(),
            program,
            variables));
  }

  /// Reads what is handed to the scheduler as it is.
  static List<Directive> natives(Allocations allocations, List<String> words, Problems problems) {
    List<Directive> natives = words.stream().map(Directive::parse).toList();
    for (Directive directive : natives) {
      allocations
          .refusal(directive)
          .ifPresent(why ->
              problems.add(
                  Problem.at(Place.of("--native"), "`%s` %s".formatted(directive.key(), why))));
    }
    return natives;
  }

  /// @return the exit code
  int run(Console console, Starter starter) throws Exception {
    return new AttachedProgram(command).run(console, starter);
  }
}
