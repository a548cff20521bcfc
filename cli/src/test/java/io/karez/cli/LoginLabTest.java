package io.karez.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.text.ShellWords;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Logins as clusters demand them, with PAM: a password, a second factor, a person at a terminal.
@Tag("lab")
class LoginLabTest {
  @RegisterExtension static final SchedulerLab LAB = SchedulerLab.logins();

  private static final String PASSWORD = "a  pass$word \"of mine";

  /// RFC 4226, appendix D. None can be used again, nor one before it.
  private static final List<String> ONE_TIME_PASSWORDS =
      List.of("755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583");

  private static int used;

  @TempDir Path directory;
  private Karez karez;

  @BeforeEach
  void sites() throws Exception {
    karez = Karez.project(Files.createDirectory(directory.resolve("project")));
    String given =
        Files.readAllLines(LAB.sshConfig()).stream()
            .filter(line -> !line.matches("\\s*(Host|IdentityFile|IdentitiesOnly|BatchMode) .*"))
            .map(line -> line.replace("TCP:lab:22", "TCP:lab:%p"))
            .collect(Collectors.joining("\n"));
    Path configuration =
        Files.writeString(
            directory.resolve("ssh_config"),
            """
            Host code
              Port 2222
            Host word
              Port 2223
            Host word code
              HostKeyAlias lab
            %s
            """
                .formatted(given));
    karez.write(
        ".karez/config.yaml",
        """
        sites:
          code: {host: code, ssh_config: '%1$s', directory: code}
          word: {host: word, ssh_config: '%1$s', directory: word, password_filename: '%2$s'}
          both: {host: code, ssh_config: '%1$s', directory: both, password_filename: '%2$s'}
        """
            .formatted(configuration, directory.resolve("password")));
    password(PASSWORD + "\n", "rw-------");
  }

  @Test
  void aPersonAnswersAtTheTerminalOnceForAllCommands() throws Exception {
    try (Terminal terminal =
        new Terminal(
            command("run", "--on", "code", "--wait", "--", "echo", "hello")
                + " && "
                + command("logs", "1")
                + " && "
                + command("run", "--on", "code", "--wait", "--", "true"))) {
      terminal.answer("Password:", PASSWORD);
      terminal.answer("One-time password", ONE_TIME_PASSWORDS.get(used++));
      terminal.untilItSays("hello");
      terminal.untilItSays("run 1: succeeded");
      terminal.untilItSays("hello");
      terminal.untilItSays("run 2: succeeded");
      assertThat(terminal.code()).isZero();
      assertThat(terminal.said()).doesNotContain(PASSWORD);
    }
  }

  @Test
  void thePasswordComesFromAFileAndTheCodeFromAPerson() throws Exception {
    try (Terminal terminal =
        new Terminal(command("run", "--on", "both", "--wait", "--", "echo", "hello"))) {
      terminal.answer("One-time password", ONE_TIME_PASSWORDS.get(used++));
      assertThat(terminal.code()).isZero();
      assertThat(terminal.said()).contains("hello").doesNotContain("Password:");
    }
  }

  @Test
  void aPasswordInAFileNeedsNoPerson() {
    Karez.Said said = karez.run("run", "--on", "word", "--wait", "--", "echo", "hello");
    assertThat(said.err()).contains("run 1: succeeded");
    assertThat(said.out()).isEqualTo("hello\n");
  }

  @Test
  void aPasswordThatOthersMayReadIsNotUsed() throws Exception {
    password(PASSWORD, "rw-r--r--");
    Karez.Said said = karez.run("run", "--on", "word", "--", "true");
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.err())
        .contains("the password in `", "has to be yours alone (`chmod go= ")
        .doesNotContain(PASSWORD);
    assertThat(karez.root().resolve("results/_")).doesNotExist();
  }

  @Test
  void aWrongPasswordIsTriedOnce() throws Exception {
    password("another", "rw-------");
    Karez.Said said = karez.run("run", "--on", "word", "--", "true");
    assertThat(said.code()).isEqualTo(4);
    assertThat(said.err())
        .contains("`word` refused the login", "Permission denied")
        .contains(
            "hint: a password is answered with the first line of `%s`, which may be wrong; `ssh "
                .formatted(directory.resolve("password")));
  }

  private void password(String text, String permissions) throws IOException {
    Path file = Files.writeString(directory.resolve("password"), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  private static String command(String... words) {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    return ShellWords.quoteAll(Karez.command(temporary, words));
  }

  /// A shell's command in a terminal of its own.
  private final class Terminal implements AutoCloseable {
    private final StringBuilder said = new StringBuilder();
    private final Process process;
    private int read;

    Terminal(String command) throws IOException {
      ProcessBuilder builder =
          new ProcessBuilder("script", "--quiet", "--return", "--command", command, "/dev/null");
      builder
          .environment()
          .putAll(Map.of("LC_ALL", "C.UTF-8", "XDG_CONFIG_HOME", directory.toString()));
      process = builder.directory(karez.root().toFile()).redirectErrorStream(true).start();
      Thread.ofVirtual().start(this::read);
    }

    private void read() {
      try (InputStream out = process.getInputStream()) {
        byte[] some = new byte[4096];
        for (int size = out.read(some); size >= 0; size = out.read(some)) {
          synchronized (said) {
            said.append(new String(some, 0, size, StandardCharsets.UTF_8));
            said.notifyAll();
          }
        }
      } catch (IOException e) {
        // it has ended
      }
    }

    void answer(String prompt, String text) throws Exception {
      untilItSays(prompt);
      process.getOutputStream().write((text + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    }

    void untilItSays(String text) throws InterruptedException {
      Instant end = Instant.now().plus(Duration.ofSeconds(60));
      synchronized (said) {
        while (said.indexOf(text, read) < 0) {
          assertThat(Instant.now()).as(said.toString()).isBefore(end);
          said.wait(100);
        }
        read = said.indexOf(text, read) + text.length();
      }
    }

    int code() throws InterruptedException {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(said()).isTrue();
      return process.exitValue();
    }

    String said() {
      synchronized (said) {
        return said.toString();
      }
    }

    @Override
    public void close() {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }
  }
}
