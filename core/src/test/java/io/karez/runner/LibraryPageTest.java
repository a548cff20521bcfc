package io.karez.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.testing.LocalSshd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The programs of docs/library.md, with a host and directories that exist.
class LibraryPageTest {
  private static final Pattern PROGRAM =
      Pattern.compile("```java\n((?:(?!```).)*class (\\w+) .*?)```", Pattern.DOTALL);

  @TempDir Path directory;

  @Test
  void eachProgramOfThePageDoesWhatThePageSays() throws Exception {
    Path work = directory.toRealPath().resolve("work");
    try (LocalSshd sshd = LocalSshd.start(directory.resolve("sshd"))) {
      List<String> names = new ArrayList<>();
      Matcher program = PROGRAM.matcher(Files.readString(Path.of("../docs/library.md")));
      while (program.find()) {
        String name = program.group(2);
        names.add(name);
        Path place = work.resolve(name);
        String text =
            program
                .group(1)
                .replace("/home/user/workspace/example_project", place.toString())
                .replace("SshHost.of(\"example.com\")", far(sshd))
                .replace(".user(\"user\")", ".port(" + sshd.port() + ")")
                .replace("/path/to/private/key", sshd.directory().resolve("user").toString());
        assertThat(run(name, text)).contains(said(name));
        assertThat(place.resolve("results/_/run_1/run.json")).exists();
      }
      assertThat(names).containsExactly("OnAHost", "OnThisMachine", "ASweep");
    }
  }

  private static String far(LocalSshd sshd) {
    return "SshHost.of(\"far\").configuration(Path.of(\"%s\"))".formatted(sshd.configuration());
  }

  private static String said(String name) {
    return name.equals("ASweep")
        ? "1 SUCCEEDED Optional[0]\n1/0: --iterations 1 --mode test\n1/1: --iterations 2 --mode test\n"
        : "";
  }

  /// In a process of its own, whose current directory becomes a project.
  private String run(String name, String text) throws Exception {
    Path place = Files.createDirectories(directory.resolve("program").resolve(name));
    Path source = Files.writeString(place.resolve(name + ".java"), text);
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            source.toString());
    Path said = place.resolve("said");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(place.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    builder.environment().put("XDG_CONFIG_HOME", directory.resolve("config").toString());
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(said)).isZero();
    return Files.readString(said);
  }
}
