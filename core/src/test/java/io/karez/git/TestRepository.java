package io.karez.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.transport.Command;
import io.karez.transport.Completed;
import io.karez.transport.LocalTransport;
import io.karez.transport.Transport;
import io.karez.transport.TransportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// A real repository in a directory of the test, out of reach of the developer's own git
/// configuration.
record TestRepository(Path root, Map<String, String> surroundings) {
  private static final Map<String, String> ALONE =
      Map.of("GIT_CONFIG_GLOBAL", "/dev/null", "GIT_CONFIG_NOSYSTEM", "1");

  static TestRepository in(Path root) throws Exception {
    Files.createDirectories(root);
    TestRepository repository = new TestRepository(root.toRealPath(), ALONE);
    repository.sh(
        "git init -q -b main . && git config user.name Tester && git config user.email tester@example.org");
    return repository;
  }

  /// The same repository with more variables in the environment of every command.
  TestRepository with(Map<String, String> variables) {
    Map<String, String> all = new HashMap<>(surroundings);
    all.putAll(variables);
    return new TestRepository(root, all);
  }

  void write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /// Commits everything.
  ///
  /// @return the full name of the commit
  String commit(String message) throws Exception {
    sh("git add -A && git commit -q --allow-empty -m '" + message + "'");
    return sh("git rev-parse HEAD").strip();
  }

  /// What a shell prints, started at the root.
  String sh(String script) throws Exception {
    return shIn(root, script);
  }

  String shIn(Path directory, String script) throws Exception {
    Completed reply =
        transport().run(Command.of("sh", "-ec", script).in(directory), Duration.ofMinutes(1));
    assertThat(reply.errorText() + reply.exitCode()).as(script).isEqualTo("0");
    return reply.text();
  }

  SourceTree tree() throws IOException {
    return tree(root);
  }

  SourceTree tree(Path project) throws IOException {
    return new SourceTree(transport(), project, Path.of("results"));
  }

  /// Commands see the surroundings unless they say otherwise themselves.
  Transport transport() {
    LocalTransport local = new LocalTransport();
    return new Transport() {
      @Override
      public Completed run(Command command, Duration limit) throws TransportException {
        return local.run(surrounded(command), limit);
      }

      @Override
      public int runAttached(Command command) throws TransportException {
        return local.runAttached(surrounded(command));
      }
    };
  }

  private Command surrounded(Command command) {
    Map<String, String> all = new HashMap<>(surroundings);
    all.putAll(command.environment());
    return command.with(all);
  }
}
