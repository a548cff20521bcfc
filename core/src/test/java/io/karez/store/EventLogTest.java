package io.karez.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.define.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogTest {
  private static final int WRITERS = 4;
  private static final int EACH = 50;

  @TempDir Path directory;
  private EventLog log = log(Path.of("/nowhere"));
  private Path file = Path.of("/nowhere");

  @BeforeEach
  void aRun() throws IOException {
    log = log(directory);
    file = directory.resolve("events").resolve(EventLog.host() + ".jsonl");
    Files.createDirectories(directory.resolve("events"));
  }

  @Test
  void threadsAndProcessesLoseNothingOfEachOther() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      processes.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Writer.class.getName(),
                  directory.toString(),
                  "process" + writer)
              .inheritIO()
              .start());
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
      List<Callable<Boolean>> writers =
          IntStream.range(0, WRITERS)
              .<Callable<Boolean>>mapToObj(writer -> () -> write(directory, "thread" + writer))
              .toList();
      assertThat(threads.invokeAll(writers)).allMatch(Future::resultNow);
    }
    for (Process process : processes) {
      assertThat(process.waitFor()).isZero();
    }

    List<String> expected = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      for (int i = 0; i < EACH; i++) {
        expected.add("thread" + writer + " " + i);
        expected.add("process" + writer + " " + i);
      }
    }
    assertThat(log.read().stream().map(event -> ((Event.Described) event).description()))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void whatAKilledWriterLeftSpoilsNeitherItsNeighboursNorWhatFollows() throws IOException {
    log.append(described("first"));
    Files.writeString(file, "{\"event\":\"Descr", StandardOpenOption.APPEND);
    assertThat(log.read()).containsExactly(described("first"));
    log.append(described("second"));
    assertThat(log.read()).containsExactly(described("first"), described("second"));
  }

  @Test
  void linesThatCannotBeReadArePassedOver() throws IOException {
    log.append(described("é"));
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0, '\n'}, StandardOpenOption.APPEND);
    Files.writeString(
        file,
        """

        {"event":"Described","at":"yesterday","description":"x"}
        {"event":"Described","at":"2026-01-01T00:00:00Z"}
        {"event":"OfALaterVersion","at":"2026-01-01T00:00:00Z"}
        {"event":"Submitting","at":"2026-01-01T00:00:00Z","submission":99999999999,"token":"t"}
        []
        """,
        StandardOpenOption.APPEND);
    log.append(described("漢"));
    assertThat(log.read()).containsExactly(described("é"), described("漢"));
  }

  @Test
  void jobsWhoseLinesAreNotThereWereNotAdded() throws IOException {
    withJobs(5, 2);
    Event.Extended added = new Event.Extended(Instant.EPOCH, 7);
    log.append(new Event.Extended(Instant.EPOCH, 8));
    log.append(added);
    log.append(new Event.Extended(Instant.EPOCH, 2_000_000_000));
    assertThat(log.read()).containsExactly(added);
  }

  @Test
  void everyEventComesBackAsItWasWritten() throws IOException {
    withJobs(5, 2);
    Instant at = Instant.parse("2026-01-01T00:00:00.123Z");
    List<Event> events = RunHistoryTest.oneOfEachKind(at);
    events.forEach(log::append);
    assertThat(log.read()).isEqualTo(events);
    assertThat(events.stream().map(Object::getClass).distinct())
        .containsExactlyInAnyOrder(Event.class.getPermittedSubclasses());
  }

  private void withJobs(int first, int added) throws IOException {
    Files.writeString(
        directory.resolve("run.json"),
        """
        {"uid":"0","experiment":"_","jobs":%d,"runner":"local",
         "working_directory":"/","created":"2026-01-01T00:00:00Z"}
        """
            .formatted(first));
    Files.writeString(directory.resolve("jobs.jsonl"), "{}\n".repeat(first));
    Path extension = Files.createDirectories(directory.resolve("extensions/" + first));
    Files.writeString(extension.resolve("jobs.jsonl"), "{}\n".repeat(added));
  }

  private static boolean write(Path directory, String name) {
    for (int i = 0; i < EACH; i++) {
      log(directory).append(described(name + " " + i));
      log(directory).read();
    }
    return true;
  }

  private static Event described(String text) {
    return new Event.Described(Instant.EPOCH, text);
  }

  private static EventLog log(Path directory) {
    return new EventLog(new RunDirectory(new RunId(1), directory));
  }

  /// Another process that writes.
  static final class Writer {
    private Writer() {}

    public static void main(String[] args) {
      write(Path.of(args[0]), args[1]);
    }
  }
}
