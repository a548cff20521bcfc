package io.karez.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The user's own `ssh`, with options that make all programs share one connection.
///
/// The connection goes on for some minutes after the last program, so that the next command need
/// not log in again. Where the user's configuration shares connections already, that one is used,
/// and where a site forbids it, `ssh` makes connections of their own.
public final class SshClient implements AutoCloseable {
  /// What keeps Ctrl-C at the terminal from ending the connection before Karez has ended, and the
  /// end of the terminal from ending what the connection goes through: it is kept for others.
  private static final String UNINTERRUPTED = "trap '' INT HUP; exec \"$@\"";

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String KEPT = "10m";

  /// sun_path of unix(7) less what `ssh` appends to the name while it makes the socket, the length
  /// of `%C`, and that of what comes before.
  private static final int LONGEST_DIRECTORY = 107 - 18 - 41 - 9;

  /// What OpenSSH has without a word of the user's: since 7.x, and since 10.0.
  private static final Set<String> USUAL_CIPHERS =
      Set.of(
          "chacha20-poly1305@openssh.com,aes128-ctr,aes192-ctr,aes256-ctr"
              + ",aes128-gcm@openssh.com,aes256-gcm@openssh.com",
          "chacha20-poly1305@openssh.com,aes128-gcm@openssh.com,aes256-gcm@openssh.com"
              + ",aes128-ctr,aes192-ctr,aes256-ctr");

  /// The instructions for AES of today's processors make it twice as fast as the first of these.
  private static final String QUICK_CIPHER = "aes128-gcm@openssh.com";

  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.complementOf(
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));

  private final SshHost host;
  private final Transport here;
  private final Path directory;
  private final Optional<Path> askpass;
  private final Set<SshSubsystem> owned = ConcurrentHashMap.newKeySet();
  private final Connecting heard;
  private @Nullable List<String> settings;

  /// @param here this machine
  /// @param directory where sockets lie; made, and the user's alone
  /// @throws UncheckedIOException when the password or the directory cannot be used
  public SshClient(SshHost host, Transport here, Path directory) {
    this(host, here, directory, Connecting.UNHEARD);
  }

  /// As the other.
  ///
  /// @param heard told of attempts to connect
  public SshClient(SshHost host, Transport here, Path directory, Connecting heard) {
    this.host = host;
    this.heard = heard;
    this.here = here;
    this.directory = privately(directory);
    host.passwordFile().ifPresent(SshClient::requirePrivate);
    this.askpass = host.passwordFile().map(password -> askpass(directory));
  }

  public SshHost host() {
    return host;
  }

  /// Attempts to connect begin.
  Connecting.Attempts connecting() {
    return heard.begin(host.name());
  }

  /// A directory of this machine that is the user's alone.
  public Path directory() {
    return directory;
  }

  /// The options of `ssh`, without the host; those of `sftp` are the same.
  public List<String> options() {
    List<String> words = new ArrayList<>(host.options());
    words.addAll(
        List.of(
            "-o",
            "ConnectTimeout=20",
            "-o",
            "ServerAliveInterval=15",
            "-o",
            "ServerAliveCountMax=4",
            // What the user has for logins of his own.
            "-o",
            "RemoteCommand=none",
            "-o",
            "ClearAllForwardings=yes"));
    if (askpass.isPresent()) {
      words.addAll(List.of("-o", "NumberOfPasswordPrompts=1"));
    }
    if (System.getProperty("os.arch").equals("amd64")) {
      setting("ciphers")
          .flatMap(SshClient::quickest)
          .ifPresent(ciphers -> words.addAll(List.of("-o", "Ciphers=" + ciphers)));
    }
    if (isToShare()) {
      words.addAll(
          List.of(
              "-o",
              "ControlMaster=auto",
              "-o",
              "ControlPath=" + directory.toString().replace("%", "%%") + "/" + tag() + "%C",
              "-o",
              "ControlPersist=" + KEPT));
    }
    return words;
  }

  /// OpenSSH's own list with what both ends do in hardware before the rest; empty for a list that
  /// the user has made.
  static Optional<String> quickest(String ciphers) {
    if (!USUAL_CIPHERS.contains(ciphers)) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>(List.of(ciphers.split(",")));
    names.remove(QUICK_CIPHER);
    names.addFirst(QUICK_CIPHER);
    return Optional.of(String.join(",", names));
  }

  /// Whether a file answers when the host asks for a password.
  boolean hasPassword() {
    return askpass.isPresent();
  }

  /// A command of this machine that runs one on the host.
  ///
  /// @param remote for the login shell of the user there
  Command command(List<String> options, String remote) {
    List<String> words = new ArrayList<>(List.of("ssh"));
    words.addAll(options);
    words.addAll(options());
    words.addAll(List.of("--", host.name(), remote));
    return Command.of(words).with(environment());
  }

  /// A process of `ssh` whose three streams are the caller's to use.
  ///
  /// @param remote for the login shell of the user there, or the name of a subsystem
  Process open(List<String> options, String remote) throws TransportException {
    List<String> words = new ArrayList<>(List.of("sh", "-c", UNINTERRUPTED, "sh"));
    words.addAll(command(options, remote).words());
    return LocalTransport.open(Command.of(words).with(environment()));
  }

  /// Whether a connection is open that programs share.
  public boolean isConnected() {
    try {
      List<String> words = new ArrayList<>(List.of("ssh", "-O", "check"));
      words.addAll(options());
      words.addAll(List.of("--", host.name()));
      return here.run(Command.of(words), LIMIT).succeeded();
    } catch (TransportException e) {
      return false;
    }
  }

  /// Makes something end with this.
  void owns(SshSubsystem channel) {
    owned.add(channel);
  }

  /// Ends the conversations that were begun with it.
  @Override
  public void close() {
    owned.forEach(SshSubsystem::close);
    owned.clear();
  }

  /// What `ssh` needs to know besides its options.
  public Map<String, String> environment() {
    return askpass.isEmpty()
        ? Map.of()
        : Map.of(
            "SSH_ASKPASS",
            askpass.get().toString(),
            "SSH_ASKPASS_REQUIRE",
            "force",
            "KAREZ_PASSWORD_FILE",
            host.passwordFile().orElseThrow().toString(),
            "KAREZ_PASSWORD_OF",
            account(),
            "KAREZ_PASSWORD_ALONE",
            isBehindAnother() ? "" : "yes");
  }

  /// As `ssh` calls it when it asks for a password.
  private String account() {
    String known = setting("hostkeyalias").or(() -> setting("hostname")).orElse(host.name());
    return setting("user").orElse("") + "@" + known;
  }

  /// Hosts on the way ask through the same program.
  private boolean isBehindAnother() {
    return Stream.of("proxyjump", "proxycommand")
        .anyMatch(key -> setting(key).filter(value -> !value.equals("none")).isPresent());
  }

  /// Two configurations may call different hosts by one name, which `%C` does not tell apart.
  private String tag() {
    return host.configuration()
        .map(file -> "%08x-".formatted(file.toAbsolutePath().toString().hashCode()))
        .orElse("");
  }

  /// Whether the user does not share connections anyway.
  private boolean isToShare() {
    if (directory.toString().length() > LONGEST_DIRECTORY || settings().isEmpty()) {
      return false;
    }
    return setting("controlpath").filter(path -> !path.equals("none")).isEmpty()
        || setting("controlmaster").filter(word -> word.matches("false|no")).isPresent();
  }

  /// Asks for the user's configuration while something else is done.
  public void prepare() {
    Thread.ofPlatform().daemon().start(this::settings);
  }

  private Optional<String> setting(String key) {
    return settings().stream()
        .filter(line -> line.startsWith(key + " "))
        .map(line -> line.substring(key.length() + 1))
        .findFirst();
  }

  /// What the user's configuration says of the host, a line each, as `ssh -G` prints it; empty when
  /// that fails: whoever calls `ssh` next finds out what is wrong.
  private synchronized List<String> settings() {
    if (settings == null) {
      List<String> words = new ArrayList<>(List.of("ssh", "-G"));
      words.addAll(host.options());
      words.addAll(List.of("--", host.name()));
      try {
        settings = here.run(Command.of(words), LIMIT).text().lines().toList();
      } catch (TransportException e) {
        settings = List.of();
      }
    }
    return settings;
  }

  private static Path privately(Path directory) {
    try {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      requireOwn(directory);
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make `" + directory + "`", e);
    }
  }

  private static void requireOwn(Path path) throws IOException {
    String me = System.getProperty("user.name");
    if (!Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).getName().equals(me)
        || Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS).stream()
            .anyMatch(OTHERS::contains)) {
      throw new IOException("`" + path + "` has to be yours alone (`chmod go= " + path + "`)");
    }
  }

  private static void requirePrivate(Path password) {
    try {
      requireOwn(password);
    } catch (IOException e) {
      throw new UncheckedIOException("the password in `" + password + "` is not used", e);
    }
  }

  private static Path askpass(Path directory) {
    Path script = directory.resolve("askpass");
    try (InputStream text =
        Objects.requireNonNull(SshClient.class.getResourceAsStream("askpass.sh"))) {
      Path draft =
          Files.createTempFile(
              directory,
              "askpass",
              "",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Files.write(draft, text.readAllBytes());
      return Files.move(draft, script, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write `" + script + "`", e);
    }
  }
}
