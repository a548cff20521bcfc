package io.karez.expand;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import io.karez.text.ShellWords;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// What tests of this package look at.
final class Expanded {
  private Expanded() {}

  /// Each set's words as a person would type them.
  static List<String> lines(SweepRequest request) {
    return lines(request.expand());
  }

  static List<String> lines(Sweep sweep) {
    return sweep.stream().map(set -> ShellWords.quoteAll(set.args())).toList();
  }

  static List<String> problems(ThrowingCallable reading) {
    return catchThrowableOfType(InvalidInputException.class, reading).problems().stream()
        .map(Expanded::shown)
        .toList();
  }

  private static String shown(Problem problem) {
    return problem.sentence() + problem.hint().map(hint -> " (" + hint + ")").orElse("");
  }
}
