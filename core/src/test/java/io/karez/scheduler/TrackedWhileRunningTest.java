package io.karez.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.define.JobState;
import io.karez.define.Resources;
import io.karez.define.SubmitTemplate.Directive;
import io.karez.site.NearRun;
import io.karez.store.Event;
import io.karez.store.EventLog;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunHistory;
import io.karez.track.RunTracker;
import io.karez.transport.Command;
import io.karez.transport.Completed;
import io.karez.transport.LocalTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    log.append(new Event.Submitted(Instant.now(), 1, "h m b n 1 1", Optional.empty()));
    RunHistory history = RunHistory.of(log.read());
    Files.createFile(run.claim(0, 1));
    Files.writeString(
        Files.createDirectories(fixture.directory(0)).resolve("record.jsonl"), RECORD);
    Path second = Files.createDirectories(fixture.directory(1));
    // The dialect is asked between the readings of the two jobs.
    Meanwhile dialect =
        new Meanwhile(() -> {
          Files.createFile(run.claim(1, 1));
          Files.writeString(second.resolve("record.jsonl"), RECORD);
          Files.writeString(run.submission(1).resolve("ended"), "ended\n");
        });
    RunTracker tracker =
        new RunTracker(
            new NearRun(run, new LocalTransport()),
            RunDocument.read(run),
            dialect,
            InstantSource.system(),
            Duration.ofMinutes(2));

    assertThat(states(tracker, history)).containsExactly(JobState.SUCCEEDED, JobState.QUEUED);
    assertThat(states(tracker, history)).containsExactly(JobState.SUCCEEDED, JobState.SUCCEEDED);
  }

  private static List<JobState> states(RunTracker tracker, RunHistory history) {
    return tracker.glance(history).stream().map(job -> job.verdict().state()).toList();
  }

  private interface Step {
    void take() throws IOException;
  }

  /// The local dialect, before whose first answer something happens.
  private static final class Meanwhile implements Dialect {
    private final Dialect local = new Local();
    private Optional<Step> step;

    Meanwhile(Step step) {
      this.step = Optional.of(step);
    }

    @Override
    public NativeId idOf(String submission, int tasks, int task, Optional<JobTrace> trace) {
      Optional<Step> now = step;
      step = Optional.empty();
      now.ifPresent(s -> {
        try {
          s.take();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      });
      return local.idOf(submission, tasks, task, trace);
    }

    @Override
    public String name() {
      return local.name();
    }

    @Override
    public boolean isBatch() {
      return false;
    }

    @Override
    public Optional<String> canonical(String key) {
      return local.canonical(key);
    }

    @Override
    public Map<String, List<Directive>> natives(Resources resources) {
      return local.natives(resources);
    }

    @Override
    public LaunchFiles render(JobRequest job) {
      return local.render(job);
    }

    @Override
    public Command submit(Path run, int submission) {
      return local.submit(run, submission);
    }

    @Override
    public SubmitReply readSubmit(Completed reply) {
      return local.readSubmit(reply);
    }

    @Override
    public List<StatusQuery> statusQueries() {
      return local.statusQueries();
    }

    @Override
    public Command cancel(List<NativeId> ids, boolean now) {
      return local.cancel(ids, now);
    }

    @Override
    public CancelReply readCancel(List<NativeId> asked, Completed reply) {
      return local.readCancel(asked, reply);
    }
  }
}
