package io.karez.submit;

import io.karez.define.SubmitTemplate.Directive;
import java.util.List;

/// Whether jobs may be handed over now, as the runs that they wait for stand.
public sealed interface Gate {
  /// Nothing is waited for.
  Gate FREE = new Open(List.of());

  /// @param directives that make the scheduler wait; none when nothing has to be waited for
  record Open(List<Directive> directives) implements Gate {
    public Open {
      directives = List.copyOf(directives);
    }
  }

  /// Somebody has to wait, because the scheduler cannot know.
  ///
  /// @param why lower case, no full stop
  record Later(String why) implements Gate {}

  /// What is waited for has ended otherwise.
  ///
  /// @param why lower case, no full stop
  record Never(String why) implements Gate {}
}
