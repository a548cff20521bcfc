package io.karez.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.testing.HostileWords;
import io.karez.transport.Command;
import io.karez.transport.LocalTransport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Words that reach a program through whatever shell a user has chosen at a site.
class AnyShellTest {
  @ParameterizedTest
  @ValueSource(strings = {"sh", "bash", "zsh", "csh", "tcsh", "fish"})
  void wordsReachTheProgramByteForByte(String shell) throws Exception {
    Path program = Path.of("/bin", shell);
    Assumptions.assumeTrue(Files.isExecutable(program), shell + " is not installed");
    Random random = new Random(7);
    for (int i = 0; i < 40; i++) {
      List<String> words = HostileWords.some(random);
      List<String> all = new ArrayList<>(List.of("printf", "[%s]\\n", "it's"));
      all.addAll(words);
      String script = "exec " + ShellWords.quoteAll(all);
      Command command =
          Command.of(program.toString(), "-c", "exec sh -c " + ShellWords.quoteForAnyShell(script));
      assertThat(new LocalTransport().run(command, Duration.ofSeconds(10)).text())
          .isEqualTo(
              "[it's]\n" + String.join("", words.stream().map("[%s]\n"::formatted).toList()));
    }
  }

  @Test
  void whatNeedsNoOctalStaysReadable() {
    assertThat(ShellWords.quoteForAnyShell("exec squeue --me -o %i"))
        .isEqualTo("'exec squeue --me -o %i'");
  }
}
