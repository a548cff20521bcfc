package io.karez.define;

import java.util.List;
import java.util.Locale;

/// A run that has to end before another one starts.
///
/// @param run the number of the one that is waited for
/// @param uid of that run, which tells it from one of another tree
public record After(RunId run, String uid, When when) {

  /// How it has to end.
  public enum When {
    /// Every job with success.
    OK,
    /// Every job, in whatever way.
    ANY,
    /// Every job, and at least one without success.
    FAILED;

    /// As it is typed: `ok`, `any`, `failed`.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static final List<String> WORDS = List.of("ok", "any", "failed");
  }

  /// As it is typed: `4:ok`.
  @Override
  public String toString() {
    return run + ":" + when.word();
  }
}
