package io.karez.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karez.define.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectoryFindingsTest {
  private static final long GIB = 1L << 30;

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "400, OK, 0.40 ms to make a file; 1",
    "25000, NOTE, 25 ms to make a file; 100",
    "150000, WARNING, 150 ms to make a file; 600"
  })
  void aSlowFileSystemIsNamed(long micros, Finding.Grade grade, String words) {
    Finding latency = find("latency", probe(Duration.ofNanos(micros * 1000), Duration.ZERO));
    assertThat(latency.grade()).isEqualTo(grade);
    assertThat(latency.said()).startsWith(words.split(";")[0]);
    assertThat(latency.hint().orElse(words)).contains(words.split("; ")[1]);
  }

  @ParameterizedTest
  @CsvSource({
    "1, OK, the file system's agrees with this machine's",
    "75, WARNING, the file system's is 75 s ahead of this machine's",
    "-75, WARNING, the file system's is 75 s behind this machine's"
  })
  void aClockThatIsOffIsNamed(long seconds, Finding.Grade grade, String said) {
    Finding clock = find("clock", probe(Duration.ZERO, Duration.ofSeconds(seconds)));
    assertThat(clock.grade()).isEqualTo(grade);
    assertThat(clock.said()).isEqualTo(said);
  }

  @ParameterizedTest
  @CsvSource({
    "nfs4, true, OK",
    "lustre, true, OK",
    "ext4, true, NOTE",
    "ext4, false, OK",
    "tmpfs, false, WARNING"
  })
  void aFileSystemOfOneMachineMayBeUnseenByJobs(String type, boolean batch, Finding.Grade grade) {
    DirectoryProbe probe = probe(type, GIB * 5, Optional.empty());
    assertThat(
            DirectoryFindings.of(probe, batch, Optional.empty()).stream()
                .filter(finding -> finding.about().equals("file system"))
                .map(Finding::grade))
        .containsExactly(grade);
  }

  @ParameterizedTest
  @CsvSource({
    "5368709120, OK, 5.0 GiB free of 100 GiB",
    "104857600, WARNING, 100 MiB free of 100 GiB",
    "1048576, ERROR, 1 MiB free of 100 GiB"
  })
  void aFullDiskIsAnError(long free, Finding.Grade grade, String said) {
    Finding space = find("space", probe("ext4", free, Optional.empty()));
    assertThat(space.grade()).isEqualTo(grade);
    assertThat(space.said()).isEqualTo(said);
  }

  @ParameterizedTest
  @CsvSource({"1000000, OK", "9999, WARNING", "0, ERROR"})
  void filesRunOutToo(long free, Finding.Grade grade) {
    List<Finding> findings =
        DirectoryFindings.of(probe("ext4", GIB * 5, Optional.empty()), false, Optional.of(free));
    assertThat(findings.getLast().about()).isEqualTo("files");
    assertThat(findings.getLast().grade()).isEqualTo(grade);
  }

  @Test
  void whatCannotBeWrittenToIsAnError() {
    DirectoryProbe probe = probe("ext4", GIB * 5, Optional.of("permission denied"));
    List<Finding> findings = DirectoryFindings.of(probe, false, Optional.empty());
    assertThat(findings.getFirst().grade()).isEqualTo(Finding.Grade.ERROR);
    assertThat(findings.getFirst().said()).isEqualTo("`/place`: permission denied");
    assertThat(findings).extracting(Finding::about).doesNotContain("latency", "clock");
  }

  @Test
  void aDirectoryIsMeasuredAndLeftAsItWas() throws IOException {
    DirectoryProbe probe = DirectoryProbe.of(directory, InstantSource.system());
    assertThat(probe.trouble()).isEmpty();
    assertThat(probe.each()).isPositive();
    assertThat(probe.skew().abs()).isLessThan(Duration.ofSeconds(2));
    assertThat(probe.total()).isPositive();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void theSkewIsWhatTheFilesTimeIsOffThisMachinesClock() throws IOException {
    Instant past = Instant.now().minusSeconds(3600);
    assertThat(DirectoryProbe.of(directory, InstantSource.fixed(past)).skew())
        .isBetween(Duration.ofMinutes(59), Duration.ofMinutes(61));
  }

  @Test
  void aDirectoryThatIsNotThereCannotBeLookedAt() {
    Path gone = directory.resolve("gone");
    assertThatThrownBy(() -> DirectoryProbe.of(gone, InstantSource.system()))
        .isInstanceOf(IOException.class);
  }

  private static Finding find(String about, DirectoryProbe probe) {
    return DirectoryFindings.of(probe, false, Optional.empty()).stream()
        .filter(finding -> finding.about().equals(about))
        .findFirst()
        .orElseThrow();
  }

  private static DirectoryProbe probe(Duration each, Duration skew) {
    return new DirectoryProbe(
        Path.of("/place"), "ext4", GIB * 5, GIB * 100, Optional.empty(), each, skew);
  }

  private static DirectoryProbe probe(String type, long free, Optional<String> trouble) {
    return new DirectoryProbe(
        Path.of("/place"), type, free, GIB * 100, trouble, Duration.ZERO, Duration.ZERO);
  }
}
