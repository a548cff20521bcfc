package io.karez.cli;

import io.karez.project.ProjectSetup;
import io.karez.store.TreeDeletion;
import io.karez.transport.LocalTransport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The command line as a user of one project calls it: in this process, or in one of its own.
///
/// Texts are shown with the project's directory as `PROJECT`.
final class Karez {
  private final Path root;

  private Karez(Path root) {
    this.root = root;
  }

  /// What a command left behind.
  record Said(int code, String out, String err) {}

  /// Makes a project of the directory, without a git repository.
  static Karez project(Path directory) throws IOException {
    Path root = directory.toRealPath();
    new ProjectSetup(new LocalTransport()).withoutRepository(root, "results");
    return new Karez(root);
  }

  /// Takes the directory as it is.
  static Karez at(Path directory) throws IOException {
    return new Karez(directory.toRealPath());
  }

  Path root() {
    return root;
  }

  /// Writes a file of the project, and the directories it lies in.
  Path write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.resolveSibling("."));
    return Files.writeString(file, text);
  }

  String read(String path) throws IOException {
    return Files.readString(root.resolve(path));
  }

  /// Runs a command in this process, as in a pipe; `--project` is added where the command knows it.
  Said run(String... words) {
    return run("", false, words);
  }

  /// As {@link #run}, with a person at a terminal who types these lines.
  Said answering(String typed, String... words) {
    return run(typed, true, words);
  }

  /// As {@link #run}, with this text on standard input.
  Said reading(String input, String... words) {
    return run(input, false, words);
  }

  private Said run(String typed, boolean isTerminal, String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            isTerminal,
            isTerminal,
            isTerminal,
            false,
            80,
            24);
    int code = Main.run(console, inProject(List.of(words)));
    return new Said(code, shown(out), shown(err));
  }

  /// Runs a command in a process of its own, with settings of a user who has none.
  ///
  /// @param directory where the user has changed to
  Said from(Path directory, String... words) throws IOException, InterruptedException {
    Path files = Files.createTempDirectory("karez-test");
    try {
      Process process = start(directory, files, words).start();
      try (OutputStream stdin = process.getOutputStream()) {
        stdin.flush();
      }
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IllegalStateException("`karez " + String.join(" ", words) + "` has not ended");
      }
      return new Said(
          process.exitValue(),
          shown(Files.readString(files.resolve("stdout"))),
          shown(Files.readString(files.resolve("stderr"))));
    } finally {
      TreeDeletion.delete(files);
    }
  }

  /// A process that can still be given another environment or other streams.
  ///
  /// @param files where `stdout`, `stderr`, temporary files and the user's home lie
  static ProcessBuilder start(Path directory, Path files, String... words) {
    ProcessBuilder builder =
        new ProcessBuilder(command(files, words))
            .directory(directory.toFile())
            .redirectOutput(Redirect.to(files.resolve("stdout").toFile()))
            .redirectError(Redirect.to(files.resolve("stderr").toFile()));
    builder
        .environment()
        .putAll(
            Map.of(
                "LC_ALL", "C.UTF-8",
                "HOME", files.toString(),
                "XDG_CONFIG_HOME", files.resolve("config").toString(),
                "XDG_CACHE_HOME", files.resolve("cache").toString()));
    return builder;
  }

  /// As {@link #start}, a process that INT reaches also where whoever runs the tests ignores it.
  static ProcessBuilder interruptible(Path directory, Path files, String... words) {
    ProcessBuilder builder = start(directory, files, words);
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.addAll(builder.command());
    return builder.command(command);
  }

  /// The words that start a process of the code under test.
  static List<String> command(Path temporaryFiles, String... words) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + temporaryFiles,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(words));
    return List.copyOf(command);
  }

  private List<String> inProject(List<String> words) {
    return CommandTable.find(words)
        .filter(found -> knowsProject(found.entry()) && !words.contains("--project"))
        .map(found -> {
          List<String> all = new ArrayList<>(words.subList(0, words.size() - found.words().size()));
          all.addAll(List.of("--project", root.toString()));
          all.addAll(found.words());
          return List.copyOf(all);
        })
        .orElse(words);
  }

  private static boolean knowsProject(CommandTable.Entry entry) {
    Options options = new Options();
    entry.make().get().declare(options);
    return options.spec().findOption("--project") != null;
  }

  private String shown(ByteArrayOutputStream bytes) {
    return shown(bytes.toString(StandardCharsets.UTF_8));
  }

  private String shown(String text) {
    // a run's place is said relative to the current directory, which differs between the ways of
    // running
    return text.replace(" in " + root + "/results", " in results")
        .replace(root.toString(), "PROJECT");
  }
}
