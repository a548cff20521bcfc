package io.karez.scheduler;

import io.karez.scheduler.slurm.Slurm;
import io.karez.scheduler.slurm.SlurmSteps;
import io.karez.text.InvalidInputException;
import io.karez.text.Nearest;
import io.karez.text.Problem;
import java.util.List;
import java.util.stream.Stream;

/// The batch systems that Karez speaks.
public final class Dialects {
  private static final List<Dialect> RUNNERS = List.of(new Local(), new Slurm());

  /// Runs have these, but nobody can ask for them by their names alone.
  private static final List<Dialect> OTHERS = List.of(new SlurmSteps());

  private Dialects() {}

  /// The dialect of a run.
  ///
  /// @throws InvalidInputException when there is none of that name
  public static Dialect named(String name) {
    return Stream.concat(RUNNERS.stream(), OTHERS.stream())
        .filter(dialect -> dialect.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  /// The dialect that a user asks for.
  ///
  /// @throws InvalidInputException when there is none of that name
  public static Dialect runner(String name) {
    return RUNNERS.stream()
        .filter(dialect -> dialect.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  public static List<String> names() {
    return RUNNERS.stream().map(Dialect::name).toList();
  }

  private static InvalidInputException unknown(String name) {
    String known = "the runners are `" + String.join("`, `", names()) + "`";
    return new InvalidInputException(
        Problem.of("there is no runner `" + name + "`")
            .hint(Nearest.to(name, names()).map("did you mean `%s`?"::formatted).orElse(known)));
  }
}
