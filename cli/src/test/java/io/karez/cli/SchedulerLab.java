package io.karez.cli;

import io.karez.transport.Command;
import io.karez.transport.Completed;
import io.karez.transport.LocalTransport;
import io.karez.transport.TransportException;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/// Real schedulers (see `lab/README.md`), as a static field with `@RegisterExtension` in a class
/// whose name ends with `LabTest` and that is tagged `lab`.
///
/// One lab serves all tests of this JVM that want the same one, so none may rely on being alone or
/// change its settings without setting them back. It ends with this JVM, however that ends. Where
/// there can be no lab the tests are skipped, with the reason. The code under test, its JDK and
/// this repository are seen in it at the same paths as here, read-only.
final class SchedulerLab implements BeforeAllCallback {
  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
  private static final Path LAB = REPOSITORY.resolve("lab");
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int NO_LAB_HERE = 69;

  private final List<String> words;
  private @Nullable Running running;

  private SchedulerLab(List<String> words) {
    this.words = words;
  }

  /// @param profiles files of `lab/systems/slurm/profiles`; none for Slurm's own defaults
  static SchedulerLab slurm(String... profiles) {
    return of("slurm", profiles);
  }

  /// @param profiles files of `lab/systems/htcondor/profiles`
  static SchedulerLab htcondor(String... profiles) {
    return of("htcondor", profiles);
  }

  /// @param profiles files of `lab/systems/gridengine/profiles`
  static SchedulerLab gridengine(String... profiles) {
    return of("gridengine", profiles);
  }

  /// @param profiles files of `lab/systems/oar/profiles`
  static SchedulerLab oar(String... profiles) {
    return of("oar", profiles);
  }

  private static SchedulerLab of(String system, String... profiles) {
    List<String> words = new ArrayList<>(List.of(system));
    for (String profile : profiles) {
      words.addAll(List.of("--profile", profile));
    }
    return new SchedulerLab(List.copyOf(words));
  }

  /// Without a scheduler: logins with a password, and with a one-time password besides.
  static SchedulerLab logins() {
    return new SchedulerLab(List.of("logins"));
  }

  /// The same with podman, apptainer and their images.
  SchedulerLab withContainers() {
    List<String> all = new ArrayList<>(words);
    all.add("containers");
    return new SchedulerLab(List.copyOf(all));
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    running =
        context
            .getRoot()
            .getStore(Namespace.create(SchedulerLab.class))
            .computeIfAbsent(words, Running::start, Running.class);
    running.skipUnlessUp();
  }

  /// The home of `researcher`, as this machine sees it. What lies there belongs to that user.
  Path home() {
    return Path.of(running().place("LAB_HOME"));
  }

  /// For `ssh -F`, with the host `lab`.
  Path sshConfig() {
    return Path.of(running().place("LAB_SSH_CONFIG"));
  }

  /// The same as `ask`, through the lab's sshd, with the words as its shell reads them.
  String askThroughSsh(String words) throws TransportException {
    Completed completed =
        new LocalTransport()
            .run(Command.of("ssh", "-F", sshConfig().toString(), "lab", words), LIMIT);
    if (!completed.succeeded()) {
      throw new AssertionError(
          "`%s` exited %d: %s".formatted(words, completed.exitCode(), completed.errorText()));
    }
    return completed.text().stripTrailing();
  }

  /// Runs a command as `researcher` to its end; its directory, if it has one, is one of the lab.
  Completed run(Command command) throws TransportException {
    return run("researcher", command);
  }

  Completed run(String... command) throws TransportException {
    return run(Command.of(command));
  }

  Completed asRoot(String... command) throws TransportException {
    return run("root", Command.of(command));
  }

  /// Standard output, without the last line's end, of a command that has to succeed.
  String ask(String... command) throws TransportException {
    Completed completed = run(command);
    if (!completed.succeeded()) {
      throw new AssertionError(
          "`%s` exited %d: %s"
              .formatted(Command.of(command), completed.exitCode(), completed.errorText()));
    }
    return completed.text().stripTrailing();
  }

  /// Runs the code under test as `researcher`.
  ///
  /// @param directory in the lab
  Completed karez(String directory, String... words) throws TransportException {
    return run(Command.of(Karez.command(Path.of("/tmp"), words)).in(Path.of(directory)));
  }

  /// The same, not started yet; it is killed in the lab when its process here is.
  ProcessBuilder karezProcess(String directory, String... words) {
    Command command = Command.of(Karez.command(Path.of("/tmp"), words)).in(Path.of(directory));
    return new ProcessBuilder(inLab("researcher", command));
  }

  /// Writes a file of `researcher`, and makes the directories it lies in.
  ///
  /// @param path from the home
  void write(String path, String text) throws TransportException {
    String script = "mkdir -p \"$(dirname \"$1\")\" && cat >\"$1\"";
    Completed written = run(Command.of("sh", "-c", script, "sh", path).reading(text));
    if (!written.succeeded()) {
      throw new AssertionError(written.errorText());
    }
  }

  /// What happens to a daemon, as `lab/service` explains: `service("stop", "slurmctld")`.
  void service(String action, String name) throws TransportException {
    Completed completed = asRoot("service", action, name);
    if (!completed.succeeded()) {
      throw new AssertionError(completed.errorText());
    }
  }

  private Completed run(String user, Command command) throws TransportException {
    Command wrapped = Command.of(inLab(user, command));
    return new LocalTransport().run(command.input().map(wrapped::reading).orElse(wrapped), LIMIT);
  }

  private List<String> inLab(String user, Command command) {
    List<String> all =
        new ArrayList<>(
            List.of(
                LAB.resolve("exec").toString(),
                "--name",
                running().place("LAB_NAME"),
                "-u",
                user,
                "env"));
    command.directory().ifPresent(directory -> all.add("--chdir=" + directory));
    all.add("LC_ALL=C.UTF-8");
    command.environment().forEach((name, value) -> all.add(name + "=" + value));
    all.addAll(command.words());
    return List.copyOf(all);
  }

  private Running running() {
    return Objects.requireNonNull(running, "the lab is not up before the tests");
  }

  /// A lab that lives as long as the standard input of its process is open, so not longer than this
  /// JVM.
  ///
  /// @param places what `lab/up` printed, by its names
  /// @param complaints what it said on standard error
  private record Running(Process process, Map<String, String> places, String complaints)
      implements AutoCloseable {

    static Running start(List<String> words) {
      List<String> command = new ArrayList<>(List.of(LAB.resolve("up").toString(), "--until-eof"));
      command.addAll(List.of("--name", name(words)));
      command.addAll(binds());
      command.addAll(words);
      try {
        return started(new ProcessBuilder(List.copyOf(command)));
      } catch (IOException e) {
        throw new AssertionError("the lab could not be started", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted while the lab was started", e);
      }
    }

    private static Running started(ProcessBuilder builder)
        throws IOException, InterruptedException {
      File complaints = File.createTempFile("karez-lab", ".err");
      try {
        Process process = builder.redirectError(Redirect.to(complaints)).start();
        // it closes its standard output when the lab is up, or has failed to be
        String printed =
            new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> places =
            printed
                .lines()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toUnmodifiableMap(pair -> pair[0], pair -> pair[1]));
        if (places.isEmpty()) {
          process.waitFor(1, TimeUnit.MINUTES);
        }
        return new Running(process, places, Files.readString(complaints.toPath()));
      } finally {
        Files.delete(complaints.toPath());
      }
    }

    private static String name(List<String> words) {
      return "junit-" + ProcessHandle.current().pid() + "-" + Integer.toHexString(words.hashCode());
    }

    private static List<String> binds() {
      List<String> binds = new ArrayList<>();
      List<String> places = new ArrayList<>(List.of(System.getProperty("java.home")));
      places.add(REPOSITORY.toString());
      for (String place : System.getProperty("java.class.path").split(File.pathSeparator)) {
        if (!Path.of(place).startsWith(REPOSITORY) && Files.exists(Path.of(place))) {
          places.add(place);
        }
      }
      places.forEach(place -> binds.addAll(List.of("--bind", place + ":" + place + ":ro")));
      return List.copyOf(binds);
    }

    void skipUnlessUp() {
      if (places.isEmpty()) {
        Assumptions.assumeFalse(process.exitValue() == NO_LAB_HERE, complaints.strip());
        throw new AssertionError("the lab did not come up: " + complaints);
      }
    }

    String place(String name) {
      return Objects.requireNonNull(places.get(name), name);
    }

    @Override
    public void close() throws IOException {
      process.getOutputStream().close();
      process.onExit().orTimeout(1, TimeUnit.MINUTES).join();
    }
  }
}
