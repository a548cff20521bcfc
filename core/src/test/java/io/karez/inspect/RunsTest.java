package io.karez.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.define.RunId;
import io.karez.site.NearRun;
import io.karez.site.RunLink;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.transport.LocalTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:01Z");

  @TempDir Path results;

  @Test
  void aRunThatFailsInAWayNobodyThoughtOfSpoilsNoOther() throws IOException {
    RunDirectory good = run(1);
    RunDirectory bad = run(2);
    Files.createDirectories(bad.submission(1));
    Files.writeString(
        bad.submission(1).resolve("tasks"), String.format("%10d %4d %15d%n", 0, 1, 1));
    Files.writeString(
        bad.events().resolve("h.jsonl"),
        """
        {"event":"Submitting","at":"2026-01-01T00:00:00Z","submission":1,"token":"t"}
        """);
    Runs runs =
        new Runs(
            RunsTest::near,
            () -> {
              throw new IllegalStateException("no clock");
            });

    List<Runs.Line> lines = runs.lines(List.of(good, bad), Optional.empty());

    assertThat(lines.getFirst())
        .isEqualTo(new Runs.Line.Whole(new Runs(RunsTest::near, () -> NOW).view(good).summary()));
    assertThat(lines.getLast())
        .isEqualTo(
            new Runs.Line.Broken(
                bad,
                "`%s` cannot be understood: java.lang.IllegalStateException: no clock"
                    .formatted(bad.path())));
  }

  private RunDirectory run(int id) throws IOException {
    RunDirectory run = new RunDirectory(new RunId(id), results.resolve("e/run_" + id));
    Files.createDirectories(run.events());
    Files.writeString(
        run.document(),
        """
        {"uid":"0","experiment":"e","jobs":1,"runner":"local",
         "working_directory":"/","created":"2026-01-01T00:00:00Z"}
        """);
    return run;
  }

  private static RunLink near(RunDirectory run, RunDocument document) {
    return new NearRun(run, new LocalTransport());
  }
}
