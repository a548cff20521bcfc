package io.karez.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseTest {
  private static final Duration LIFE = Duration.ofMinutes(5);
  private static final long ME = ProcessHandle.current().pid();

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void aPlace() {
    file = directory.resolve("lease");
  }

  @Test
  void oneHasItAtATime() {
    Lease first = taken(take("a", "h", ME));
    assertThat(take("b", "h", ME)).isEqualTo(new Lease.Attempt.Held("pid %d on h".formatted(ME)));
    assertThat(first.renew()).isTrue();
    first.close();
    taken(take("b", "h", ME));
  }

  @Test
  void oneThatIsNotRenewedIsTakenOver() throws IOException {
    Lease first = taken(take("a", "other", 1));
    assertThat(take("b", "h", ME)).isInstanceOf(Lease.Attempt.Held.class);
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(LIFE.plusSeconds(9))));
    Lease second = taken(take("b", "h", ME));
    assertThat(first.renew()).isFalse();
    first.close();
    assertThat(second.renew()).isTrue();
  }

  @Test
  void oneThatSaysNotWhoseItIsDoesNotLastLong() throws IOException {
    Files.createFile(file);
    assertThat(take("b", "h", ME)).isInstanceOf(Lease.Attempt.Held.class);
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(70)));
    taken(take("b", "h", ME));
  }

  @Test
  void oneOfAProcessThatHasEndedHereIsTakenOverAtOnce() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    taken(take("a", "h", ended.pid()));
    taken(take("b", "h", ME));
    assertThat(directory.toFile().list()).containsExactly("lease");
  }

  private Lease.Attempt take(String uid, String host, long pid) {
    return Lease.take(file, uid, host, pid, LIFE);
  }

  private static Lease taken(Lease.Attempt attempt) {
    assertThat(attempt).isInstanceOf(Lease.Attempt.Taken.class);
    return ((Lease.Attempt.Taken) attempt).lease();
  }
}
