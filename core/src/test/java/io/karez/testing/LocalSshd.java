package io.karez.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A real `sshd` on a port of the loopback interface, where the user of the tests can log in with a
/// key. Nothing of the machine's own `sshd` is used.
public final class LocalSshd implements AutoCloseable {
  private static final Path SSHD = Path.of("/usr/sbin/sshd");

  private final Path directory;
  private final int port;
  private @Nullable Process process;

  private LocalSshd(Path directory, int port) {
    this.directory = directory;
    this.port = port;
  }

  /// @param options further lines of `sshd_config`; SFTP is offered unless one is a `Subsystem`
  public static LocalSshd start(Path directory, String... options) throws Exception {
    assumeTrue(Files.isExecutable(SSHD), "sshd is not installed");
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    LocalSshd sshd = new LocalSshd(Files.createDirectories(directory), port);
    sshd.makeKeys();
    sshd.configure(options);
    sshd.up();
    return sshd;
  }

  /// For `ssh -F`; the host is called `far`.
  public Path configuration() {
    return directory.resolve("config");
  }

  public int port() {
    return port;
  }

  public Path directory() {
    return directory;
  }

  public void makeKeys() throws Exception {
    keygen("host");
    if (Files.notExists(directory.resolve("user"))) {
      keygen("user");
      Files.copy(directory.resolve("user.pub"), directory.resolve("authorized_keys"));
    }
  }

  /// What `ssh` knows the host by from now on.
  public void learnKey() throws IOException {
    Files.writeString(
        directory.resolve("known_hosts"),
        "[127.0.0.1]:" + port + " " + Files.readString(directory.resolve("host.pub")));
  }

  private void configure(String... options) throws IOException {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "ListenAddress 127.0.0.1:" + port,
                "HostKey " + directory.resolve("host"),
                "PidFile none",
                "AuthorizedKeysFile " + directory.resolve("authorized_keys"),
                "StrictModes no",
                "UsePAM no",
                "PasswordAuthentication no",
                "KbdInteractiveAuthentication no",
                "PermitRootLogin yes",
                "LogLevel VERBOSE"));
    lines.addAll(0, List.of(options));
    if (lines.stream().noneMatch(line -> line.startsWith("Subsystem "))) {
      lines.add("Subsystem sftp internal-sftp");
    }
    Files.write(directory.resolve("sshd_config"), lines);
    Files.writeString(
        configuration(),
        """
        Host far
          HostName 127.0.0.1
          Port %d
          IdentityFile %s
          IdentitiesOnly yes
          UserKnownHostsFile %s
          GlobalKnownHostsFile none
          StrictHostKeyChecking yes
          BatchMode yes
        """
            .formatted(port, directory.resolve("user"), directory.resolve("known_hosts")));
    learnKey();
  }

  public void up() throws Exception {
    if (System.getProperty("user.name").equals("root")) {
      // sshd demands it
      Files.createDirectories(Path.of("/run/sshd"));
    }
    process =
        new ProcessBuilder(
                SSHD.toString(),
                "-D",
                "-f",
                directory.resolve("sshd_config").toString(),
                "-E",
                directory.resolve("log").toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("out").toFile())
            .start();
    Instant end = Instant.now().plus(Duration.ofSeconds(20));
    while (!answers()) {
      if (!process.isAlive() || Instant.now().isAfter(end)) {
        throw new IOException("sshd does not start: " + Files.readString(directory.resolve("out")));
      }
      Thread.sleep(20);
    }
  }

  /// Ends the daemon and every connection that it serves.
  public void down() {
    if (process != null) {
      List<ProcessHandle> below = process.descendants().toList();
      process.destroyForcibly().onExit().join();
      below.forEach(ProcessHandle::destroyForcibly);
    }
  }

  /// Cuts the connections, as a network does; new ones can be made.
  public void cut() {
    if (process != null) {
      process.children().forEach(ProcessHandle::destroyForcibly);
    }
  }

  /// How many connections were accepted.
  public long logins() throws IOException {
    try (var lines = Files.lines(directory.resolve("log"))) {
      return lines.filter(line -> line.contains("Accepted publickey")).count();
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private void keygen(String name) throws Exception {
    Files.deleteIfExists(directory.resolve(name));
    Process keygen =
        new ProcessBuilder(
                "ssh-keygen",
                "-q",
                "-t",
                "ed25519",
                "-N",
                "",
                "-C",
                name,
                "-f",
                directory.resolve(name).toString())
            .inheritIO()
            .start();
    if (keygen.waitFor() != 0) {
      throw new IOException("ssh-keygen failed");
    }
  }

  @Override
  public void close() {
    down();
  }
}
