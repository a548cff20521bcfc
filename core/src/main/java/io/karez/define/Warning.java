package io.karez.define;

import io.karez.text.InvalidInputException;
import io.karez.text.Nearest;
import io.karez.text.Place;
import io.karez.text.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A signal that tells a program that its time is nearly over.
///
/// @param signal its name without `SIG`: one that the wrapper hands on
/// @param before how long before the end of the wall time, in whole seconds
/// @param requeue whether a job that ends with failure after it is put back into the queue, to go
///   on from where it was
public record Warning(String signal, Duration before, boolean requeue) {
  private static final Pattern TEXT =
      Pattern.compile("(?:SIG)?([A-Z0-9]+)@([0-9]{1,5})(:requeue)?");

  /// What the wrapper hands on to a program.
  public static final List<String> SIGNALS = List.of("USR1", "USR2", "TERM", "INT", "HUP");

  private static final List<String> ENDING = List.of("TERM", "INT");

  /// The most that Slurm takes (sbatch(1), `--signal`).
  private static final int MOST = 65_535;

  /// Reads `USR1@120` or `USR1@120:requeue`.
  ///
  /// @throws InvalidInputException when it is something else
  public static Warning parse(String text, Place place) {
    Matcher matcher = TEXT.matcher(text.toUpperCase(Locale.ROOT).replace(":REQUEUE", ":requeue"));
    if (!matcher.matches()) {
      throw new InvalidInputException(
          Problem.at(place, "`%s` is not a signal and seconds".formatted(text))
              .hint("for example `USR1@120`: two minutes before the end"));
    }
    String signal = matcher.group(1);
    if (!SIGNALS.contains(signal)) {
      String known = "it can be `%s`".formatted(String.join("`, `", SIGNALS));
      Optional<String> near = Nearest.to(signal, SIGNALS).map("did you mean `%s`?"::formatted);
      throw new InvalidInputException(
          Problem.at(place, "`%s` is not handed on to programs".formatted(signal))
              .hint(near.orElse(known)));
    }
    int seconds = Integer.parseInt(matcher.group(2));
    if (seconds < 1 || seconds > MOST) {
      throw new InvalidInputException(
          Problem.at(place, "the seconds are between 1 and %d, not %d".formatted(MOST, seconds)));
    }
    boolean requeue = matcher.group(3) != null;
    if (requeue && ENDING.contains(signal)) {
      throw new InvalidInputException(
          Problem.at(place, "`%s` also comes when a job is cancelled".formatted(signal))
              .hint("`USR1` tells the two apart"));
    }
    return new Warning(signal, Duration.ofSeconds(seconds), requeue);
  }
}
