package io.karez.cli;

import io.karez.define.JobState;
import java.util.Locale;

/// How states are shown.
final class StateMark {
  private StateMark() {}

  static String word(JobState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  /// Before the word, never without it.
  static String symbol(JobState state) {
    return switch (state) {
      case PREPARED -> "·";
      case QUEUED -> "○";
      case HELD, SUSPENDED -> "◌";
      case RUNNING, COMPLETING -> "●";
      case SUCCEEDED -> "✓";
      case FAILED -> "✗";
      case CANCELLED -> "–";
      case UNKNOWN -> "?";
    };
  }

  static Style style(JobState state) {
    return switch (state) {
      case PREPARED, QUEUED -> Style.PLAIN;
      case HELD, SUSPENDED, UNKNOWN -> Style.ODD;
      case RUNNING, COMPLETING -> Style.ACTIVE;
      case SUCCEEDED -> Style.GOOD;
      case FAILED -> Style.BAD;
      case CANCELLED -> Style.FAINT;
    };
  }

  static TextTable.Cell cell(JobState state, String more) {
    return new TextTable.Cell(symbol(state), word(state) + more, style(state));
  }
}
