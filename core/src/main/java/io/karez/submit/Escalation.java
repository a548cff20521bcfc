package io.karez.submit;

import io.karez.define.Memory;
import io.karez.define.Resources;
import io.karez.define.RetryPolicy;
import io.karez.define.SubmitTemplate.Directive;
import io.karez.define.WallTime;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.Directives;
import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;

/// Asks for more than the last attempt had: `x2` times as much, or an amount.
public final class Escalation {
  private Escalation() {}

  /// @param before what was asked for the last time
  /// @param memory `x1.5` or `8G`; empty to leave it as it was
  /// @param time `x2` or `4h`; empty to leave it as it was
  /// @throws InvalidInputException when one cannot be read, or there is nothing to multiply
  public static List<Directive> of(
      Dialect dialect, List<Directive> before, Optional<String> memory, Optional<String> time) {
    List<Directive> after = before;
    if (memory.isPresent()) {
      after = changed(dialect, after, "memory", memory.get(), Escalation::memory, Escalation::more);
    }
    if (time.isPresent()) {
      after = changed(dialect, after, "time", time.get(), Escalation::time, Escalation::longer);
    }
    return after;
  }

  private interface Product {
    String of(String before, BigDecimal factor);
  }

  private static List<Directive> changed(
      Dialect dialect,
      List<Directive> before,
      String what,
      String wish,
      Function<String, Resources> amount,
      Product product) {
    Matcher times = RetryPolicy.TIMES.matcher(wish);
    if (!times.matches()) {
      return new Directives(dialect).over(before).over(amount.apply(wish)).list();
    }
    List<Directive> after = new ArrayList<>();
    boolean found = false;
    for (Directive directive : before) {
      boolean meant = dialect.canonical(directive.key()).equals(Optional.of(what));
      found |= meant;
      after.add(
          meant
              ? new Directive(
                  directive.key(),
                  directive.value().map(v -> product.of(v, new BigDecimal(times.group(1)))))
              : directive);
    }
    if (!found) {
      throw new InvalidInputException(
          Problem.at(
                  Place.of("--" + what),
                  "the last attempt asked for no %s to multiply".formatted(what))
              .hint("say an amount: `--%s %s`".formatted(what, what.equals("time") ? "2h" : "8G")));
    }
    return after;
  }

  /// Slurm counts in MiB where no unit stands.
  private static String more(String before, BigDecimal factor) {
    String text = before.strip().matches("[0-9]+") ? before.strip() + "M" : before;
    return Memory.parse(text, Place.of("--memory")).times(factor).mebibytes() + "M";
  }

  private static String longer(String before, BigDecimal factor) {
    Duration time = WallTime.parse(before, Place.of("--time"));
    return WallTime.format(
        Duration.ofSeconds(
            BigDecimal.valueOf(time.toSeconds())
                .multiply(factor)
                .setScale(0, RoundingMode.CEILING)
                .longValueExact()));
  }

  private static Resources memory(String text) {
    return resources(Optional.of(Memory.parse(text, Place.of("--memory"))), Optional.empty());
  }

  private static Resources time(String text) {
    return resources(Optional.empty(), Optional.of(WallTime.parse(text, Place.of("--time"))));
  }

  private static Resources resources(Optional<Memory> memory, Optional<Duration> time) {
    return new Resources(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        memory,
        Optional.empty(),
        time,
        Optional.empty(),
        Optional.empty());
  }
}
