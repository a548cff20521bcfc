package io.karez.define;

import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The name of an experiment: also the name of its file and of its folder of results.
///
/// @param value `[A-Za-z_][A-Za-z0-9_.-]*`, at most 200 characters, not `last`
public record ExperimentName(String value) implements Comparable<ExperimentName> {

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,199}");

  /// Stands for commands that are run without being registered; no experiment can be registered
  /// with it.
  public static final ExperimentName UNREGISTERED = new ExperimentName("_");

  public ExperimentName {
    if (!NAME.matcher(value).matches()) {
      throw new InvalidInputException(
          Problem.of("`%s` cannot name an experiment".formatted(value))
              .hint(
                  "begin with a letter or `_`, go on with letters, digits, `_`, `.` and `-`,"
                      + " 200 characters at most"));
    }
    if (value.equals("last")) {
      throw new InvalidInputException(
          Problem.of("`last` cannot name an experiment, it stands for the newest run"));
    }
  }

  /// The name a new or changed experiment may be registered with.
  public static ExperimentName registered(String text, Place place) {
    ExperimentName name = new ExperimentName(text);
    if (name.equals(UNREGISTERED)) {
      throw new InvalidInputException(
          Problem.at(
              place,
              "`_` cannot name an experiment, it stands for commands that are not registered"));
    }
    return name;
  }

  // The generated ones are put together anew at every start of the program, which takes longer than
  // all their calls.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ExperimentName name && value.equals(name.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public int compareTo(ExperimentName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
