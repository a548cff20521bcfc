package io.karez.submit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PortionsTest {
  @Test
  void aSiteWithoutALimitGetsAsManyAsGoIntoOneSubmission() {
    Portions portions = new Portions(1001);
    for (int i = 0; i < 3; i++) {
      assertThat(portions.next()).isEqualTo(1001);
      portions.accepted(1001);
    }
  }

  @Test
  void aFullQueueIsFilledUpAndThenLeftInPeace() {
    int calls = 0;
    int waits = 0;
    int left = 10_000;
    int room = 2000;
    Portions portions = new Portions(1001);
    while (left > 0) {
      calls++;
      int size = Math.min(portions.next(), left);
      if (size <= room) {
        portions.accepted(size);
        room -= size;
        left -= size;
      } else if (portions.full(size)) {
        waits++;
        // jobs that have ended meanwhile
        room += 600;
      }
    }
    assertThat(waits).isBetween(13, 25);
    assertThat(calls).isLessThan(4 * waits);
  }

  @Test
  void aQueueWithoutAnyRoomIsTriedWithFewAndThenSeldom() {
    Portions portions = new Portions(1001);
    int calls = 1;
    while (!portions.full(portions.next())) {
      calls++;
    }
    assertThat(calls).isLessThan(7);
    assertThat(portions.full(portions.next())).isTrue();
  }
}
