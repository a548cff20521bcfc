package io.karez.transport;

import io.karez.text.ShellWords;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Runs commands on a host that the user's own `ssh` reaches. The connection is made by the first
/// of them and serves all: one login.
///
/// A connection that cannot be made for a reason that may pass is tried again after a while, a
/// login that was refused is not. When the link breaks, a command that only asks is run once more;
/// what became of any other is for the caller to find out.
public final class SshTransport implements Transport, Starter, AutoCloseable {
  /// Without one `ssh -t` complains.
  private static final String WITH_A_TERMINAL =
      "if [ -t 0 ]; then exec \"$0\" -t \"$@\"; else exec \"$0\" -T \"$@\"; fi";

  /// A login may wait for a person.
  private static final Duration LOGIN = Duration.ofMinutes(3);

  /// How long one attempt answers all who could do without the host.
  private static final Duration AWAY = Duration.ofSeconds(60);

  /// For who could do without the host; `ssh` takes the first of what it is told.
  private static final List<String> SHORTLY = List.of("-o", "ConnectTimeout=5");

  /// The same, and nobody is asked for a password.
  private static final List<String> UNASKED =
      List.of("-o", "ConnectTimeout=5", "-o", "BatchMode=yes");

  /// How long a failure to connect answers further commands as well: many may be waiting for it.
  private static final Duration REFUSAL = Duration.ofSeconds(5);

  private static final String NO_DIRECTORY = "directory";
  private static final String NO_PROGRAM = "program";

  private final SshClient client;
  private final String shell;
  private final SshAttempts attempts;
  private @Nullable RemoteShell open;
  private @Nullable SshUnreachableException refused;
  private Instant refusedAt = Instant.EPOCH;
  private int roundTrips;

  /// Until when nobody need see again that the host is away, who could do without it.
  private Instant awayUntil = Instant.MIN;

  /// @param shell a POSIX shell of the host and its options, such as `/bin/bash -l`
  public SshTransport(SshClient client, String shell) {
    this(client, shell, SshAttempts.usual());
  }

  /// @param pauses between the attempts to make a connection; one attempt more than there are
  public SshTransport(SshClient client, String shell, List<Duration> pauses) {
    this(client, shell, new SshAttempts(pauses));
  }

  private SshTransport(SshClient client, String shell, SshAttempts attempts) {
    this.client = client;
    this.shell = shell;
    this.attempts = attempts;
  }

  /// Why the last attempt to connect failed, if there is no connection.
  public synchronized Optional<SshUnreachableException> refusal() {
    return open == null ? Optional.ofNullable(refused) : Optional.empty();
  }

  /// How many times the far side was asked for something, logins not counted.
  public synchronized int roundTrips() {
    return roundTrips;
  }

  @Override
  public Completed run(Command command, Duration limit) throws TransportException {
    return runAll(List.of(command), limit).getFirst();
  }

  @Override
  public synchronized List<Completed> runAll(List<Command> commands, Duration limit)
      throws TransportException {
    return attempt(commands, limit, commands.stream().allMatch(Command::asks));
  }

  @Override
  public int runAttached(Command command) throws TransportException {
    String remote = "exec /bin/sh -c " + ShellWords.quoteForAnyShell(plain(command));
    return new LocalTransport().runAttached(client.command(List.of("-t"), remote));
  }

  /// The command has a login of its own, unless connections are shared. When that breaks, nobody
  /// has told the command to end.
  @Override
  public Running start(Command command, Consumer<String> said) throws TransportException {
    return new LocalTransport().start(alone(List.of("-T", "-x"), command), said);
  }

  @Override
  public Running follow(Command command, Consumer<String> printed, Consumer<String> said)
      throws TransportException {
    return new LocalTransport().follow(alone(List.of("-T", "-x"), command), printed, said);
  }

  /// With a terminal there where this process has one.
  @Override
  public Running attach(Command command) throws TransportException {
    Command ssh = alone(List.of(), command);
    List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", WITH_A_TERMINAL));
    words.addAll(ssh.words());
    return new LocalTransport().attach(Command.of(words).with(ssh.environment()));
  }

  private Command alone(List<String> options, Command command) {
    return client.command(
        options, "exec " + shell + " -c " + ShellWords.quoteForAnyShell(plain(command)));
  }

  @Override
  public synchronized boolean isAtHand() {
    Instant now = Instant.now();
    boolean refusedLately = refused != null && now.isBefore(refusedAt.plus(REFUSAL));
    if (open == null && !refusedLately && now.isAfter(awayUntil)) {
      try {
        open = login(client.hasPassword() ? SHORTLY : UNASKED);
      } catch (TransportException e) {
        awayUntil = Instant.now().plus(AWAY);
        return false;
      }
    }
    return open != null;
  }

  /// Whether the host can be reached now.
  ///
  /// @throws SshUnreachableException when it cannot
  public synchronized void connect() throws TransportException {
    shell();
  }

  /// @param again whether to try once more when the link breaks
  private List<Completed> attempt(List<Command> commands, Duration limit, boolean again)
      throws TransportException {
    RemoteShell far = shell();
    try {
      roundTrips++;
      List<RemoteShell.Answer> answers =
          far.run(commands.stream().map(SshTransport::script).toList(), limit);
      List<Completed> all = new ArrayList<>();
      for (int i = 0; i < answers.size(); i++) {
        all.add(completed(commands.get(i), answers.get(i)));
      }
      return all;
    } catch (TimeoutException e) {
      close();
      throw new TransportException(
          "`%s` had not ended after %s s on `%s`"
              .formatted(shown(commands), limit.toSeconds(), client.host()));
    } catch (RemoteShell.BrokenException e) {
      String said = lastWords(far);
      close();
      if (again) {
        return attempt(commands, limit, false);
      }
      throw new TransportException(
          "the connection to `%s` broke while `%s` ran%s"
              .formatted(client.host(), shown(commands), said.isEmpty() ? "" : ": " + said));
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new TransportException("interrupted while `%s` ran".formatted(shown(commands)), e);
    }
  }

  /// The one that matters comes last.
  private static String shown(List<Command> commands) {
    return commands.getLast().shown();
  }

  private Completed completed(Command command, RemoteShell.Answer answer)
      throws TransportException {
    return switch (answer.word()) {
      case NO_DIRECTORY ->
          throw new TransportException(
              "there is no directory `%s` on `%s`"
                  .formatted(command.directory().orElseThrow(), client.host()));
      case NO_PROGRAM ->
          throw new TransportException(
              "cannot start `%s`: `%s` has no such program on its PATH"
                  .formatted(command.words().getFirst(), client.host()));
      default -> new Completed(status(answer.word()), answer.stdout(), answer.stderr());
    };
  }

  private int status(String word) throws TransportException {
    try {
      return Integer.parseInt(word);
    } catch (NumberFormatException e) {
      throw new TransportException(
          "`%s` answered with `%s` instead of an exit status".formatted(client.host(), word), e);
    }
  }

  private RemoteShell shell() throws TransportException {
    if (open != null) {
      return open;
    }
    if (refused != null && Instant.now().isBefore(refusedAt.plus(REFUSAL))) {
      throw refused;
    }
    try (Connecting.Attempts _ = client.connecting()) {
      open = attempts.run(() -> login(List.of()));
      return open;
    } catch (SshUnreachableException e) {
      refused = e;
      refusedAt = Instant.now();
      throw e;
    }
  }

  /// Nothing is run before the far side has answered: a connection that breaks until then has
  /// changed nothing.
  ///
  /// @param options of `ssh`, besides the usual ones
  private RemoteShell login(List<String> options) throws TransportException {
    List<String> all = new ArrayList<>(List.of("-T", "-x", "-e", "none"));
    all.addAll(options);
    RemoteShell far = RemoteShell.over(client.open(all, RemoteShell.command(shell)));
    try {
      far.run(List.of(new RemoteShell.Script("kz_word=0", new byte[0])), LOGIN);
      return far;
    } catch (TimeoutException e) {
      far.close();
      throw SshTrouble.of(client.host(), "no answer within %d s".formatted(LOGIN.toSeconds()));
    } catch (RemoteShell.BrokenException e) {
      String said = lastWords(far);
      far.close();
      throw SshTrouble.of(client.host(), said);
    } catch (InterruptedException e) {
      far.close();
      Thread.currentThread().interrupt();
      throw new TransportException("interrupted while logging in", e);
    }
  }

  private static String lastWords(RemoteShell far) throws TransportException {
    try {
      return far.lastWords();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransportException("interrupted", e);
    }
  }

  /// Tells what keeps a command from starting from what it says itself, as on this machine.
  private static RemoteShell.Script script(Command command) {
    int input = command.inputBytes().length;
    String program = command.words().getFirst();
    String run = "( " + plain(command) + " )";
    String fed =
        input == 0
            ? run + " </dev/null"
            : "head -c %d | { %s; kz_status=$?; cat >/dev/null; exit \"$kz_status\"; }"
                .formatted(input, run);
    StringBuilder script = new StringBuilder();
    command
        .directory()
        .ifPresent(directory ->
            script.append(
                "if ! (cd -- %s) 2>/dev/null; then kz_word=%s; fi\n"
                    .formatted(ShellWords.quote(directory.toString()), NO_DIRECTORY)));
    if (program.indexOf('/') < 0) {
      script.append(
          "if ! command -v %s >/dev/null 2>&1; then kz_word=%s; fi\n"
              .formatted(ShellWords.quote(program), NO_PROGRAM));
    }
    String drain = input == 0 ? ":" : "head -c %d >/dev/null".formatted(input);
    script.append("if [ -n \"$kz_word\" ]; then %s; else %s; kz_word=$?; fi".formatted(drain, fed));
    return new RemoteShell.Script(script.toString(), command.inputBytes());
  }

  private static String plain(Command command) {
    StringBuilder line = new StringBuilder();
    command
        .directory()
        .ifPresent(directory ->
            line.append("cd -- ").append(ShellWords.quote(directory.toString())).append(" && "));
    line.append("exec ");
    if (!command.environment().isEmpty()) {
      line.append("env ");
      for (Map.Entry<String, String> variable : command.environment().entrySet()) {
        line.append(ShellWords.quote(variable.getKey() + "=" + variable.getValue())).append(' ');
      }
    }
    return line.append(ShellWords.quoteAll(command.words())).toString();
  }

  @Override
  public synchronized void close() {
    if (open != null) {
      open.close();
      open = null;
    }
  }
}
