package io.karez.launch;

import io.karez.define.SubmitTemplate.Directive;
import io.karez.expand.Sweep;
import io.karez.render.RunRequest;
import io.karez.scheduler.Asked;
import io.karez.scheduler.Dialect;
import io.karez.store.RunStore;
import io.karez.submit.NewRun;
import java.util.List;

/// A run that is not made yet.
///
/// @param waits what its first submission tells its scheduler to wait for
/// @param most how many jobs one submission may carry
public record PlannedRun(
    Dialect dialect, RunRequest request, Sweep sweep, List<Directive> waits, int most) {

  public PlannedRun {
    waits = List.copyOf(waits);
  }

  /// The same run of other code.
  public PlannedRun of(RunRequest other) {
    return new PlannedRun(dialect, other, sweep, waits, most);
  }

  /// What each of its jobs costs.
  public Asked asked() {
    return dialect.asked(request.directives());
  }

  /// Writes its files, or shows them.
  public NewRun maker() {
    return new NewRun(dialect, Authors.me());
  }

  /// Goes through all jobs.
  ///
  /// @return how many there are
  /// @throws io.karez.text.InvalidInputException when there is none, or one that cannot be run
  public long check(RunStore store) {
    return NewRun.check(store, request, sweep);
  }
}
