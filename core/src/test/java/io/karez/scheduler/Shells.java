package io.karez.scheduler;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The shells that the scripts promise to run on.
enum Shells {
  DASH("dash", "sh"),
  BASH("bash", "sh"),
  BUSYBOX("busybox", "ash"),
  KSH93("ksh93", "sh"),
  MKSH("mksh", "sh");

  private final String program;
  private final String calledAs;

  Shells(String program, String calledAs) {
    this.program = program;
    this.calledAs = calledAs;
  }

  /// A link to the shell with the name that makes it behave as a system's `/bin/sh`; the test is
  /// skipped where the shell is missing.
  Path link() {
    Optional<Path> found = find();
    assumeTrue(found.isPresent(), "`" + program + "` is not installed");
    try {
      Path directory = Files.createTempDirectory("karez-" + program);
      Path link = directory.resolve(calledAs);
      // Not in the directory of the test: JUnit warns of each link that it deletes there. The last
      // one registered is the first to go.
      directory.toFile().deleteOnExit();
      link.toFile().deleteOnExit();
      return Files.createSymbolicLink(link, found.orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Path> find() {
    return Stream.of("/usr/bin", "/bin", "/usr/local/bin")
        .flatMap(directory -> names().stream().map(Path.of(directory)::resolve))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private List<String> names() {
    return this == KSH93 ? List.of("ksh93", "ksh") : List.of(program);
  }
}
