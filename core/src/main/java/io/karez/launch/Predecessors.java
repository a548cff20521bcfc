package io.karez.launch;

import io.karez.define.After;
import io.karez.define.SubmitTemplate.Directive;
import io.karez.inspect.Runs;
import io.karez.scheduler.Dialect;
import io.karez.store.EventLog;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunHistory;
import io.karez.store.RunStore;
import io.karez.submit.Gate;
import io.karez.track.Before;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The runs that a run waits for.
record Predecessors(RunStore store, Runs runs) {

  /// Whether a run may be handed over now.
  ///
  /// @param after the runs it waits for
  /// @param directives what it asks of its scheduler
  Gate gate(List<After> after, Dialect dialect, List<Directive> directives) {
    if (after.isEmpty()) {
      return Gate.FREE;
    }
    List<Before> before = new ArrayList<>();
    for (After one : after) {
      Optional<RunDirectory> run = store.find(one.run()).filter(found -> isSame(found, one));
      if (run.isEmpty()) {
        return new Gate.Never(
            "run %s is not there any more, so nobody knows how it ended".formatted(one.run()));
      }
      RunDirectory found = run.get();
      Runs.Detail detail = runs.detail(found);
      before.add(
          new Before(
              one,
              detail.view().document(),
              RunHistory.of(new EventLog(found).read()),
              detail.jobs()));
    }
    return Before.gate(before, dialect, directives);
  }

  private static boolean isSame(RunDirectory run, After after) {
    return RunDocument.read(run).uid().equals(after.uid());
  }
}
