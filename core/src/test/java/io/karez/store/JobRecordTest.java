package io.karez.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobRecordTest {
  private static final String START =
      """
      {"event":"start","attempt":1,"host":"n1","machine":"m","boot":"b","pidns":"7","wall0":"1000.5","uptime0":"50.25","uptime":"60.25","wrapper":"11 12","pid":13,"ticks":"14","native":"local","restart":""}
      """;
  private static final String END =
      """
      {"event":"end","attempt":1,"status":137,"uptime":"71.75","signal":9,"memory_kib":2048,"memory_source":"time","user_s":"0.25","system_s":"0.50","forwarded":"TERM INT","cancelled":true}
      """;

  @Test
  void aWholeRecordIsUnderstood() {
    assertThat(JobRecord.parse(START + END, 1))
        .contains(
            new JobRecord(
                1,
                Optional.of(
                    new JobRecord.Start(
                        Optional.of(Instant.ofEpochMilli(1_010_500)),
                        "n1",
                        "n1 m b 7 13 14",
                        "n1 m b 7 11 12",
                        "local")),
                Optional.of(
                    new JobRecord.End(
                        Optional.of(Instant.ofEpochMilli(1_022_000)),
                        Optional.of(Duration.ofMillis(11_500)),
                        Optional.of(137),
                        Optional.of(9),
                        Optional.empty(),
                        Optional.of(2_097_152L),
                        Optional.of("time"),
                        Optional.of(Duration.ofMillis(750)),
                        List.of("TERM", "INT"),
                        true))));
  }

  @Test
  void aLastLineWithoutNewlineIsNotThereYetHoweverMuchOfItIs() {
    Optional<JobRecord> started = JobRecord.parse(START, 1);
    assertThat(started.orElseThrow().end()).isEmpty();
    for (int length = 0; length < END.length(); length++) {
      assertThat(JobRecord.parse(START + END.substring(0, length), 1)).isEqualTo(started);
    }
  }

  @Test
  void brokenLinesArePassedOver() {
    assertThat(JobRecord.parse("\u0000\u00ff\n{}\n[]\n" + START + "{\"event\":\"e\n\n" + END, 1))
        .isEqualTo(JobRecord.parse(START + END, 1));
    assertThat(JobRecord.parse("", 1)).isEmpty();
    assertThat(JobRecord.parse("garbage\n", 1)).isEmpty();
  }

  @Test
  void theLinesOfOtherAttemptsDoNotCount() {
    String second = START.replace("\"attempt\":1", "\"attempt\":2");
    String wrapped = START.replace("\"attempt\":1", "\"attempt\":4294967297");
    String nonsense = "{\"event\":\"start\",\"attempt\":9}\n";
    assertThat(JobRecord.parse(START + second + END + wrapped + nonsense, 1))
        .isEqualTo(JobRecord.parse(START + END, 1));
    JobRecord later = JobRecord.parse(START + second + END + nonsense, 2).orElseThrow();
    assertThat(later.start()).isPresent();
    assertThat(later.end()).isEmpty();
    assertThat(JobRecord.parse(START + END, 2)).isEmpty();
  }

  @Test
  void whatCannotBeReadIsNotTakenForNothing(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("record.jsonl");
    assertThat(JobRecord.read(file, 1)).isEmpty();
    Files.createDirectory(file);
    assertThatThrownBy(() -> JobRecord.read(file, 1))
        .isInstanceOf(UncheckedIOException.class)
        .rootCause()
        .hasMessage(file + ": is a directory");
  }

  @Test
  void theStatusOfAnEndThatNobodySawIsEmpty() {
    String end = END.replace("\"status\":137", "\"unseen\":true");
    assertThat(JobRecord.parse(START + end, 1).orElseThrow().end().orElseThrow().status())
        .isEmpty();
  }

  @Test
  void aStatusThatNoShellKnowsIsNotTakenForSuccess() {
    String end = END.replace("\"status\":137", "\"status\":4294967296");
    assertThat(JobRecord.parse(end, 1).orElseThrow().end().orElseThrow().status()).contains(125);
  }

  @Test
  void aNumberThatIsBeyondReasonIsAbsent() {
    String record = START + END;
    for (String number : List.of("1e999999999", "1e5", "-1", "123456789012345678901", ".", "")) {
      String odd = record.replace("\"71.75\"", "\"" + number + "\"");
      JobRecord.End end = JobRecord.parse(odd, 1).orElseThrow().end().orElseThrow();
      assertThat(end.at()).isEmpty();
      assertThat(end.elapsed()).isEmpty();
      assertThat(end.cpu()).contains(Duration.ofMillis(750));
    }
    String huge = record.replace(":2048,", ":999999999999999999,");
    assertThat(JobRecord.parse(huge, 1).orElseThrow().end().orElseThrow().memoryBytes()).isEmpty();
  }

  @Test
  void anEndWithoutAStartHasNoTimes() {
    JobRecord.End end = JobRecord.parse(END, 1).orElseThrow().end().orElseThrow();
    assertThat(end.at()).isEmpty();
    assertThat(end.elapsed()).isEmpty();
    assertThat(end.status()).contains(137);
  }
}
