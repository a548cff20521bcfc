package io.karez.site;

import io.karez.define.Login;
import io.karez.define.Site;
import io.karez.transport.Connecting;
import io.karez.transport.LocalTransport;
import io.karez.transport.SshClient;
import io.karez.transport.SshHost;
import io.karez.transport.SshTransport;
import io.karez.transport.SshUnreachableException;
import io.karez.transport.Starter;
import io.karez.transport.Transport;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The ways to all sites that one process uses: one each, made when it is first asked for.
public final class Connections implements AutoCloseable {
  private static final List<String> SHELLS =
      List.of("sh", "bash", "dash", "ash", "ksh", "mksh", "zsh");

  private final Map<String, String> environment;
  private final boolean patient;
  // Connections are made in other threads too.
  private final Connecting heard = Connecting.HEARD.orElse(Connecting.UNHEARD);
  private final LocalTransport here = new LocalTransport();
  private final Map<String, SshTransport> open = new HashMap<>();
  private final Map<String, SshClient> clients = new HashMap<>();

  /// @param environment of the user, for `XDG_RUNTIME_DIR` and `HOME`
  public Connections(Map<String, String> environment) {
    this(environment, true);
  }

  private Connections(Map<String, String> environment, boolean patient) {
    this.environment = Map.copyOf(environment);
    this.patient = patient;
  }

  /// The same, with one attempt at each connection.
  public static Connections impatient(Map<String, String> environment) {
    return new Connections(environment, false);
  }

  /// Runs the commands of a site. No connection is made before the first of them.
  public synchronized Transport to(Site site) {
    return site.host().isEmpty() ? here : far(site);
  }

  /// Starts commands of a site that take long.
  public synchronized Starter starter(Site site) {
    return site.host().isEmpty() ? here : far(site);
  }

  private SshTransport far(Site site) {
    return open.computeIfAbsent(
        site.name(),
        name ->
            patient
                ? new SshTransport(client(site), shell(site))
                : new SshTransport(client(site), shell(site), List.of()));
  }

  /// Why the sites that were tried and could not be reached could not.
  public synchronized List<SshUnreachableException> refusals() {
    return open.values().stream().flatMap(way -> way.refusal().stream()).toList();
  }

  /// How many times sites were asked for something, logins not counted.
  public synchronized int roundTrips() {
    return open.values().stream().mapToInt(SshTransport::roundTrips).sum();
  }

  /// Why a site that was tried could not be reached.
  public synchronized Optional<SshUnreachableException> refusal(String site) {
    return Optional.ofNullable(open.get(site)).flatMap(SshTransport::refusal);
  }

  /// The user's `ssh` to a site's host.
  ///
  /// @throws IllegalArgumentException when it is this machine
  public synchronized SshClient client(Site site) {
    return clients.computeIfAbsent(site.name(), name -> newClient(site));
  }

  private SshClient newClient(Site site) {
    String host =
        site.host()
            .orElseThrow(
                () -> new IllegalArgumentException("`" + site.name() + "` is this machine"));
    Login login = site.login();
    return new SshClient(
        new SshHost(
            host,
            login.user(),
            login.port(),
            login.keyFile().map(this::path),
            login.passwordFile().map(this::path),
            login.configuration().map(this::path)),
        here,
        sockets(),
        heard);
  }

  /// The one that commands are read by, if the site's is one of those; its options tell what it
  /// reads at its start.
  private static String shell(Site site) {
    return site.shell().filter(Connections::readsScripts).orElse("/bin/sh");
  }

  /// Whether a shell, with its options, can read what is written for a POSIX shell.
  public static boolean readsScripts(String shell) {
    String program = shell.split(" ", 2)[0];
    return SHELLS.contains(program.substring(program.lastIndexOf('/') + 1));
  }

  private Path path(String text) {
    return text.startsWith("~/") ? home().resolve(text.substring(2)) : home().resolve(text);
  }

  private Path home() {
    return Path.of(
        Optional.ofNullable(environment.get("HOME")).orElse(System.getProperty("user.home")));
  }

  /// Short, since the name of a socket may not be long; on a local disk.
  private Path sockets() {
    return Optional.ofNullable(environment.get("XDG_RUNTIME_DIR"))
        .map(Path::of)
        .filter(Path::isAbsolute)
        .map(directory -> directory.resolve("karez"))
        .orElseGet(() -> Path.of("/tmp", "karez-" + System.getProperty("user.name")));
  }

  @Override
  public synchronized void close() {
    open.values().forEach(SshTransport::close);
    open.clear();
    clients.values().forEach(SshClient::close);
    clients.clear();
  }
}
