package io.karez.scheduler;

import io.karez.text.InvalidInputException;
import io.karez.text.Nearest;
import io.karez.text.Problem;
import java.util.List;

/// The batch systems that Karez speaks.
public final class Dialects {
  private static final List<Dialect> ALL = List.of(new Local(), new Slurm());

  private Dialects() {}

  /// @throws InvalidInputException when there is none of that name
  public static Dialect named(String name) {
    return ALL.stream()
        .filter(dialect -> dialect.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  public static List<String> names() {
    return ALL.stream().map(Dialect::name).toList();
  }

  private static InvalidInputException unknown(String name) {
    String known = "the runners are `" + String.join("`, `", names()) + "`";
    return new InvalidInputException(
        Problem.of("there is no runner `" + name + "`")
            .hint(Nearest.to(name, names()).map("did you mean `%s`?"::formatted).orElse(known)));
  }
}
