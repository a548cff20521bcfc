package io.karez.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.define.JobState;
import io.karez.store.Event;
import io.karez.store.EventLog;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunHistory;
import io.karez.track.RunTracker;
import io.karez.transport.LocalTransport;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a tracker makes of a run that goes on while it reads.
class TrackedWhileRunningTest {
  private static final String RECORD =
      """
      {"event":"start","attempt":1,"host":"h","uptime":"1"}
      {"event":"end","attempt":1,"status":0,"uptime":"2"}
      """;

  @TempDir Path directory;

  @Test
  void aJobThatEndsWhileTheTrackerReadsIsNotTakenForOneThatWasNeverStarted() throws Exception {
    TestRun fixture =
        TestRun.of(directory, Path.of("/bin/sh"), List.of(List.of("true"), List.of("true")));
    RunDirectory run = fixture.run();
    EventLog log = new EventLog(run);
    log.append(new Event.Submitting(Instant.now(), 1, "t"));
    log.append(new Event.Submitted(Instant.now(), 1, "h m b n 1 1 -", Optional.empty()));
    RunHistory history = RunHistory.of(log.read());
    RunTracker tracker =
        new RunTracker(
            run,
            RunDocument.read(run),
            new Local(),
            new LocalTransport(),
            InstantSource.system(),
            Duration.ofMinutes(2));
    Files.createFile(run.claim(0, 1));
    Path first = Files.createDirectories(fixture.directory(0)).resolve("record.jsonl");
    // A pipe in the place of the first job's record stops the tracker in the middle.
    assertThat(new ProcessBuilder("mkfifo", first.toString()).start().waitFor()).isZero();

    CompletableFuture<List<JobState>> glance =
        CompletableFuture.supplyAsync(() -> states(tracker, history));
    try (OutputStream pipe = Files.newOutputStream(first)) {
      Files.createFile(run.claim(1, 1));
      Files.createDirectories(fixture.directory(1));
      Files.writeString(fixture.directory(1).resolve("record.jsonl"), RECORD);
      Files.writeString(run.submission(1).resolve("ended"), "ended\n");
      pipe.write(RECORD.getBytes(StandardCharsets.UTF_8));
    }

    assertThat(glance.get()).containsExactly(JobState.SUCCEEDED, JobState.QUEUED);
    assertThat(states(tracker, history)).containsExactly(JobState.SUCCEEDED, JobState.SUCCEEDED);
  }

  private static List<JobState> states(RunTracker tracker, RunHistory history) {
    return tracker.glance(history).stream().map(job -> job.verdict().state()).toList();
  }
}
