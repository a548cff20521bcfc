package io.karez.inspect;

import static io.karez.define.JobState.CANCELLED;
import static io.karez.define.JobState.COMPLETING;
import static io.karez.define.JobState.FAILED;
import static io.karez.define.JobState.HELD;
import static io.karez.define.JobState.PREPARED;
import static io.karez.define.JobState.QUEUED;
import static io.karez.define.JobState.RUNNING;
import static io.karez.define.JobState.SUCCEEDED;
import static io.karez.define.JobState.SUSPENDED;
import static io.karez.define.JobState.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.karez.define.JobState;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CountsTest {

  @Test
  void aRunIsAsLivelyAsItsLiveliestJobThatIsNotSettled() {
    List<JobState> lively =
        List.of(RUNNING, COMPLETING, SUSPENDED, QUEUED, HELD, PREPARED, UNKNOWN);
    for (int first = 0; first < lively.size(); first++) {
      for (int second = first; second < lively.size(); second++) {
        int unknown = second == lively.size() - 1 ? first == second ? 2 : 1 : 0;
        assertThat(state(unknown, lively.get(first), lively.get(second), FAILED, SUCCEEDED))
            .isEqualTo(lively.get(first));
      }
    }
  }

  @Test
  void aSettledRunIsAsBadAsItsWorstEnd() {
    assertThat(state(0, SUCCEEDED, CANCELLED, UNKNOWN, FAILED)).isEqualTo(FAILED);
    assertThat(state(0, SUCCEEDED, CANCELLED, UNKNOWN)).isEqualTo(UNKNOWN);
    assertThat(state(0, SUCCEEDED, CANCELLED)).isEqualTo(CANCELLED);
    assertThat(state(0, SUCCEEDED, SUCCEEDED)).isEqualTo(SUCCEEDED);
    assertThat(state(0)).isEqualTo(PREPARED);
  }

  @Test
  void aLostJobIsSettledAndAnUnknownOneIsNot() {
    Counts counts = counts(1, UNKNOWN, UNKNOWN, FAILED, RUNNING);
    assertThat(counts.settled()).isEqualTo(2);
    assertThat(counts.jobs()).isEqualTo(4);
  }

  private static JobState state(int unsettledUnknown, JobState... states) {
    return counts(unsettledUnknown, states).state();
  }

  private static Counts counts(int unsettledUnknown, JobState... states) {
    Map<JobState, Integer> counts = new EnumMap<>(JobState.class);
    for (JobState state : states) {
      counts.merge(state, 1, Integer::sum);
    }
    return new Counts(counts, unsettledUnknown);
  }
}
