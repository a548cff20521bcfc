package io.karez.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karez.testing.HostileWords;
import io.karez.testing.LocalSshd;
import io.karez.transport.SshUnreachableException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With a real `sshd` of this machine.
class SshTransportTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final List<Duration> SOON =
      List.of(Duration.ofMillis(100), Duration.ofMillis(200));

  @TempDir static Path shared;
  private static LocalSshd sshd;

  @TempDir Path directory;
  private Path sockets;
  private SshTransport far;

  @BeforeAll
  static void aServer() throws Exception {
    sshd = LocalSshd.start(shared.resolve("sshd"));
  }

  @AfterAll
  static void itsEnd() throws Exception {
    sshd.close();
  }

  @BeforeEach
  void aConnection() throws IOException {
    // the name of a socket is short
    sockets = Files.createTempDirectory(Path.of("/tmp"), "kz");
    far = to(sshd);
  }

  @AfterEach
  void theEndOfIt() throws Exception {
    far.close();
    try (Stream<Path> left = Files.list(sockets)) {
      for (Path socket : left.toList()) {
        new ProcessBuilder("ssh", "-O", "exit", "-o", "ControlPath=" + socket, "far")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("exit").toFile())
            .start()
            .waitFor();
      }
    }
    Instant end = Instant.now().plus(LIMIT);
    while (sockets.toFile().list().length > 0) {
      assertThat(Instant.now()).isBefore(end);
      Thread.sleep(10);
    }
    Files.delete(sockets);
  }

  @Test
  void streamsAndStatusComeApart() throws Exception {
    Completed done = run("sh", "-c", "printf 'out\\n\\n'; printf err >&2; exit 3");
    assertThat(done.exitCode()).isEqualTo(3);
    assertThat(done.text()).isEqualTo("out\n\n");
    assertThat(done.errorText()).isEqualTo("err");
    assertThat(run("sh", "-c", "kill -9 $$").exitCode()).isEqualTo(137);
    assertThat(run("sh", "-c", "exit 255").exitCode()).as("no broken link").isEqualTo(255);
    assertThat(run("true").stdout()).isEmpty();
  }

  @Test
  void argumentsArriveByteForByte() throws Exception {
    Random random = new Random(4);
    for (int i = 0; i < 200; i++) {
      List<String> words = HostileWords.some(random);
      List<String> all = new ArrayList<>(List.of("printf", "<%s>\n", "x"));
      all.addAll(words);
      String expected =
          "<x>\n" + words.stream().map("<%s>\n"::formatted).collect(Collectors.joining());
      assertThat(far.run(Command.of(all), LIMIT).text()).isEqualTo(expected);
    }
  }

  @Test
  void aCommandHasItsDirectoryAndItsVariables() throws Exception {
    Path place = Files.createDirectory(directory.resolve("-a 'b' \"c\"\n$HOME é"));
    Completed done =
        far.run(
            Command.of("sh", "-c", "pwd; printf %s \"$KZ_X\"")
                .in(place)
                .with(Map.of("KZ_X", " a'b\nc ")),
            LIMIT);
    assertThat(done.text()).isEqualTo(place + "\n a'b\nc ");
  }

  @Test
  void inputIsReadOrLeft() throws Exception {
    byte[] bytes = new byte[3_000_000];
    new Random(1).nextBytes(bytes);
    assertThat(far.run(Command.of("cat").reading(bytes), LIMIT).stdout()).isEqualTo(bytes);
    assertThat(far.run(Command.of("true").reading(bytes), LIMIT).exitCode()).isZero();
    assertThat(far.run(Command.of("sh", "-c", "head -c 3; exit 4").reading("abcdef"), LIMIT))
        .satisfies(done -> assertThat(done.text()).isEqualTo("abc"))
        .satisfies(done -> assertThat(done.exitCode()).isEqualTo(4));
    assertThat(run("cat").text()).as("nothing is left for the next one").isEmpty();
  }

  @Test
  void oneLoginIsEnoughForAllCommandsAndForTheNextProcess() throws Exception {
    long before = sshd.logins();
    run("true");
    run("false");
    try (SshTransport next = to(sshd)) {
      next.run(Command.of("true"), LIMIT);
      assertThat(next.roundTrips()).isEqualTo(1);
    }
    assertThat(sshd.logins() - before).isEqualTo(1);
    assertThat(far.roundTrips()).isEqualTo(2);
  }

  @Test
  void commandsThatGoTogetherCostOneRoundTrip() throws Exception {
    List<Completed> all =
        far.runAll(
            List.of(
                Command.of("cat").reading("a"),
                Command.of("false"),
                Command.of("sh", "-c", "cat; echo c").reading("b")),
            LIMIT);
    assertThat(all).extracting(Completed::text).containsExactly("a", "", "bc\n");
    assertThat(all).extracting(Completed::exitCode).containsExactly(0, 1, 0);
    assertThat(far.roundTrips()).isEqualTo(1);
  }

  @Test
  void whereAConnectionMayNotBeSharedACommandStillLogsInOnce() throws Exception {
    try (LocalSshd strict = LocalSshd.start(directory.resolve("strict"), "MaxSessions 1");
        SshTransport one = to(strict)) {
      one.run(Command.of("true"), LIMIT);
      one.run(Command.of("true"), LIMIT);
      assertThat(strict.logins()).isEqualTo(1);
      try (SshTransport other = to(strict)) {
        assertThat(other.run(Command.of("echo", "x"), LIMIT).text()).isEqualTo("x\n");
      }
      assertThat(strict.logins()).isEqualTo(2);
    }
  }

  @Test
  void whatCannotStartIsToldFromWhatFails() {
    assertThatThrownBy(() -> run("no-such-program", "x"))
        .isInstanceOf(TransportException.class)
        .hasMessage("cannot start `no-such-program`: `far` has no such program on its PATH");
    assertThatThrownBy(
            () -> far.run(Command.of("true").in(Path.of("/no such\nplace")).reading("x"), LIMIT))
        .isInstanceOf(TransportException.class)
        .hasMessage("there is no directory `/no such\nplace` on `far`");
    assertThatThrownBy(() -> far.run(Command.of("sleep", "60"), Duration.ofMillis(300)))
        .isInstanceOf(TransportException.class)
        .hasMessage("`sleep 60` had not ended after 0 s on `far`");
    assertThat(runs("echo", "again")).isEqualTo("again\n");
  }

  @Test
  void aBrokenLinkLeavesTheFateOfACommandUnknown() throws Exception {
    run("true");
    Path begun = directory.resolve("begun");
    Thread cut = cutWhen(begun);
    assertThatThrownBy(() -> run("sh", "-c", "echo x >>" + begun + "; exec sleep 20"))
        .isInstanceOf(TransportException.class)
        .isNotInstanceOf(SshUnreachableException.class)
        .hasMessageContaining("the connection to `far` broke while `sh -c");
    cut.join();
    assertThat(Files.readString(begun)).as("never run again").isEqualTo("x\n");
    assertThat(runs("echo", "again")).isEqualTo("again\n");
  }

  @Test
  void aQuestionIsAskedAgainWhenTheLinkBreaks() throws Exception {
    run("true");
    Path begun = directory.resolve("begun");
    Thread cut = cutWhen(begun);
    String script = "[ -e %1$s ] && exec echo answer; : >%1$s; exec sleep 20".formatted(begun);
    assertThat(far.run(Command.of("sh", "-c", script).asking(), LIMIT).text())
        .isEqualTo("answer\n");
    cut.join();
  }

  @Test
  void aHostThatIsDownForAMomentIsTriedAgain() throws Exception {
    try (LocalSshd other = LocalSshd.start(directory.resolve("other"));
        SshTransport one = to(other)) {
      other.down();
      assertThatThrownBy(() -> one.run(Command.of("true"), LIMIT))
          .isInstanceOfSatisfying(
              SshUnreachableException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NETWORK))
          .hasMessageContaining("`far` cannot be reached:\n  ")
          .hasMessageContaining("Connection refused");
      Thread up =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  other.up();
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      try (SshTransport patient =
          new SshTransport(
              client(other), "/bin/sh", List.of(Duration.ofSeconds(1), Duration.ofSeconds(5)))) {
        assertThat(patient.run(Command.of("echo", "up"), LIMIT).text()).isEqualTo("up\n");
      }
      up.join();
    }
  }

  @Test
  void aHostKeyThatIsUnknownOrHasChangedIsRefused() throws Exception {
    try (LocalSshd other = LocalSshd.start(directory.resolve("other"))) {
      Files.delete(other.directory().resolve("known_hosts"));
      refused(other, Reason.HOST_KEY, "the host key of `far` is not known:\n  ");
      other.learnKey();
      other.down();
      other.makeKeys();
      other.up();
      refused(
          other,
          Reason.CHANGED_HOST_KEY,
          "`far` has another host key than the one that is known:\n  ");
      assertThat(other.logins()).isZero();
    }
  }

  @Test
  void aHostBehindAnotherIsReachedThroughIt() throws Exception {
    try (LocalSshd gate = LocalSshd.start(directory.resolve("gate"))) {
      Path both =
          Files.writeString(
              directory.resolve("both"),
              Files.readString(gate.configuration()).replace("Host far", "Host gate")
                  + Files.readString(sshd.configuration())
                  + "  ProxyJump gate\n");
      long before = sshd.logins();
      try (SshTransport behind = to(both)) {
        assertThat(behind.run(Command.of("echo", "in"), LIMIT).text()).isEqualTo("in\n");
      }
      try (SshTransport next = to(both)) {
        assertThat(next.run(Command.of("echo", "again"), LIMIT).text()).isEqualTo("again\n");
      }
      assertThat(gate.logins()).isEqualTo(1);
      assertThat(sshd.logins() - before).isEqualTo(1);
    }
  }

  @Test
  void aLoginThatIsRefusedIsNotTriedAgain() throws Exception {
    try (LocalSshd other = LocalSshd.start(directory.resolve("other"))) {
      Files.writeString(other.directory().resolve("authorized_keys"), "");
      refused(other, Reason.LOGIN, "`far` refused the login:\n  ");
      assertThat(Files.readString(other.directory().resolve("log")).split("Connection from", -1))
          .as("one connection, and the one that looked whether the server answers")
          .hasSizeLessThanOrEqualTo(3);
    }
  }

  private void refused(LocalSshd server, Reason reason, String message) {
    try (SshTransport one = to(server)) {
      assertThatThrownBy(() -> one.run(Command.of("true"), LIMIT))
          .isInstanceOfSatisfying(
              SshUnreachableException.class, e -> assertThat(e.reason()).isEqualTo(reason))
          .hasMessageStartingWith(message);
    }
  }

  private Thread cutWhen(Path begun) {
    return Thread.ofVirtual()
        .start(() -> {
          while (Files.notExists(begun)) {
            Thread.onSpinWait();
          }
          sshd.cut();
        });
  }

  private Completed run(String... words) throws TransportException {
    return far.run(Command.of(words), LIMIT);
  }

  private String runs(String... words) {
    try {
      return run(words).text();
    } catch (TransportException e) {
      throw new AssertionError(e);
    }
  }

  private SshTransport to(LocalSshd server) {
    return to(server.configuration());
  }

  private SshTransport to(Path configuration) {
    return new SshTransport(client(configuration), "/bin/sh", SOON);
  }

  private SshClient client(LocalSshd server) {
    return client(server.configuration());
  }

  private SshClient client(Path configuration) {
    SshHost host =
        new SshHost(
            "far",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(configuration));
    return new SshClient(host, new LocalTransport(), sockets);
  }
}
