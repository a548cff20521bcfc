package io.karez.define;

import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import java.util.Locale;

/// The name of a dataset, and of its file.
///
/// @param value `[A-Za-z0-9_][A-Za-z0-9_.-]*`, at most 200 characters
public record DatasetName(String value) implements Comparable<DatasetName> {

  public DatasetName {
    if (!value.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}")) {
      throw new InvalidInputException(
          Problem.of("`%s` cannot name a dataset".formatted(value))
              .hint(
                  "begin with a letter, a digit or `_`, go on with letters, digits, `_`, `.` and"
                      + " `-`, 200 characters at most"));
    }
  }

  /// The variable that tells a program where the dataset lies: `KAREZ_DATASET_IRIS` for `iris`.
  /// Characters that a shell does not allow in a name become `_`.
  public String variable() {
    return "KAREZ_DATASET_" + value.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
  }

  @Override
  public int compareTo(DatasetName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
