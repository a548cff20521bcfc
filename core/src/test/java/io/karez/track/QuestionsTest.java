package io.karez.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.define.JobState;
import io.karez.define.RunId;
import io.karez.scheduler.NativeId;
import io.karez.scheduler.Sighting;
import io.karez.scheduler.StatusQuery;
import io.karez.scheduler.StatusReply;
import io.karez.site.NearRun;
import io.karez.store.RunDirectory;
import io.karez.transport.Command;
import io.karez.transport.Completed;
import io.karez.transport.LocalTransport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QuestionsTest {
  private static final RunDirectory NOWHERE = new RunDirectory(new RunId(1), Path.of("/nowhere"));
  private static final NativeId ONE = new NativeId("1");
  private static final NativeId TWO = new NativeId("2");
  private static final Sighting RUNS = new Sighting.Listed(JobState.RUNNING, Optional.empty(), "R");

  /// A scheduler that says these lines, of which each names a job that runs.
  private record Says(List<String> lines) implements StatusQuery {
    @Override
    public Command ask(List<NativeId> ids) {
      List<String> words = new ArrayList<>(List.of("printf", "%s\\n"));
      words.addAll(lines);
      return Command.of(words);
    }

    @Override
    public StatusReply read(List<NativeId> asked, Completed reply) {
      Map<NativeId, Sighting> sightings = new HashMap<>();
      asked.forEach(id -> sightings.put(id, new Sighting.Absent()));
      List<String> unread = new ArrayList<>();
      for (String line : reply.text().lines().toList()) {
        if (line.matches("[0-9]+ R")) {
          sightings.replace(new NativeId(line.substring(0, line.length() - 2)), RUNS);
        } else {
          unread.add(line);
        }
      }
      return new StatusReply(sightings, unread);
    }
  }

  @Test
  void aJobThatOnlyTheHistoryListsIsFoundThere() {
    assertThat(ask(says("1 R"), says("2 R"))).isEqualTo(Map.of(ONE, RUNS, TWO, RUNS));
  }

  @Test
  void aLineThatCannotBeReadIsSaidOfTheJobsThatItMayBeAbout() {
    Sighting unread =
        new Sighting.Silent("the scheduler's answer has a line that cannot be read: `2 what?`");
    assertThat(ask(says("1 R", "2 what?"), says("3 R"))).isEqualTo(Map.of(ONE, RUNS, TWO, unread));
    assertThat(ask(says("1 R", "2 what?"), says("2 R"))).isEqualTo(Map.of(ONE, RUNS, TWO, RUNS));
  }

  @Test
  void aJobThatIsNotListedIsAbsentWhereEveryLineCouldBeRead() {
    assertThat(ask(says("1 R"), says("3 R")))
        .isEqualTo(Map.of(ONE, RUNS, TWO, new Sighting.Absent()));
  }

  private static StatusQuery says(String... lines) {
    return new Says(List.of(lines));
  }

  private static Map<NativeId, Sighting> ask(StatusQuery... queries) {
    return new Questions(List.of(queries), new NearRun(NOWHERE, new LocalTransport()))
        .ask(List.of(ONE, TWO));
  }
}
