package io.karez.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.karez.text.ShellWords;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Words from a real shell through `karez run` to the kernel's list of the program's arguments.
class ArgumentBytesTest {
  private static final String PRINT = "cat /proc/$$/cmdline >out";
  private static final List<String> PROGRAM = List.of("/bin/sh", "-c", PRINT, "sh");

  private static final String SPECIAL = "'\"`$\\ \t\n-=*?[]{}~!#&|;<>()%é\u0301";

  @TempDir Path directory;
  private Away away = new Away(Path.of("/nowhere"), Path.of("/nowhere"));

  @BeforeEach
  void aProject() throws IOException {
    Path root = Files.createDirectories(directory.toRealPath().resolve("project"));
    Karez.project(root);
    away = new Away(root, Files.createDirectories(directory.resolve("home")));
  }

  @Test
  void everyWordArrivesByteForByte() throws Exception {
    List<String> words = hostile(300);
    assertThat(typed(bytes(words), Map.of()).code()).isZero();
    requireReceived(words);
  }

  @Test
  void everyWordArrivesUnderTheCLocaleWithoutAnEnvironment() throws Exception {
    List<String> words = hostile(100);
    assertThat(typed(bytes(words), Map.of("KAREZ_USER_LC_ALL", "=C")).code()).isZero();
    requireReceived(words);
  }

  @Test
  void aWordOfTheGreatestLengthArrives() throws Exception {
    List<String> words = List.of("x".repeat(ShellWords.MAX_WORD_BYTES - 2) + "é");
    assertThat(typed(bytes(words), Map.of()).code()).isZero();
    requireReceived(words);
  }

  @Test
  void bytesThatAreNotUtf8AreRefusedAndNothingIsMade() throws Exception {
    byte[] word = {'\'', 'a', (byte) 0xff, 'b', '\''};
    Karez.Said said = typed(word, Map.of());
    assertThat(said.code()).isEqualTo(ExitCode.USAGE);
    assertThat(said.err()).startsWith("error: ").contains("UTF-8");
    assertThat(away.root().resolve("results")).doesNotExist();
  }

  @Test
  void aWordThatIsTooLongOrHoldsANulIsRefusedAndNothingIsMade() throws Exception {
    Karez karez = Karez.at(away.root());
    for (String word : List.of("é" + "x".repeat(ShellWords.MAX_WORD_BYTES - 1), "a\0b", "\ud800")) {
      Karez.Said said = karez.run("run", "--", "true", word);
      assertThat(said.code()).isEqualTo(ExitCode.USAGE);
      assertThat(said.err()).startsWith("error: ");
      assertThat(away.root().resolve("results/_")).doesNotExist();
    }
    karez.write("table.json", "[{\"x\":\"a\\u0000b\"}]");
    karez.write(
        ".karez/experiments/e.yaml",
        "name: e\npath: .\nexecutable: table.json\nexecutable_command: cat\n");
    Karez.Said said =
        karez.run("run", "--table", away.root().resolve("table.json").toString(), "e");
    assertThat(said.code()).as(said.err()).isEqualTo(ExitCode.USAGE);
    assertThat(said.err()).contains("NUL");
    assertThat(away.root().resolve("results/e")).doesNotExist();
  }

  private static List<String> hostile(int cases) {
    Random random = new Random(cases);
    List<String> words = new ArrayList<>();
    words.add(IntStream.range(1, 0x100).mapToObj(Character::toString).collect(joining()));
    words.add((SPECIAL + "漢字🜁").repeat(2500));
    words.addAll(List.of("--detach", "-R", "--", "-g", "@file", "--help", "--project", ""));
    for (int i = 0; i < cases; i++) {
      words.add(word(random));
    }
    return words;
  }

  private static String word(Random random) {
    StringBuilder word = new StringBuilder();
    for (int length = random.nextInt(12); length > 0; length--) {
      int character =
          random.nextBoolean()
              ? SPECIAL.charAt(random.nextInt(SPECIAL.length()))
              : 1 + random.nextInt(0xd7ff);
      word.appendCodePoint(character);
    }
    return word.toString();
  }

  private static byte[] bytes(List<String> words) {
    return ShellWords.quoteAll(words).getBytes(StandardCharsets.UTF_8);
  }

  /// Types the words at a shell without an environment, which starts Karez as its launcher does.
  private Karez.Said typed(byte[] words, Map<String, String> environment) throws Exception {
    List<String> variables = new ArrayList<>();
    variables.add("LC_ALL=C.UTF-8");
    variables.add("PATH=" + System.getenv("PATH"));
    variables.add("HOME=" + away.files());
    environment.forEach((name, value) -> variables.add(name + "=" + value));
    List<String> command = new ArrayList<>(List.of("exec", "env", "-i"));
    command.addAll(variables);
    command.addAll(away.command(List.of(), "run", "--").command());
    command.addAll(PROGRAM);
    ByteArrayOutputStream script = new ByteArrayOutputStream();
    script.writeBytes((ShellWords.quoteAll(command) + " ").getBytes(StandardCharsets.UTF_8));
    script.writeBytes(words);
    Path file = Files.write(away.files().resolve("typed.sh"), script.toByteArray());
    return away.end(away.command(List.of(), "unused").command("/bin/sh", file.toString()).start());
  }

  private void requireReceived(List<String> words) throws IOException {
    List<String> all = new ArrayList<>(PROGRAM);
    all.addAll(words);
    assertThat(Files.readAllBytes(away.root().resolve("out")))
        .isEqualTo((String.join("\0", all) + "\0").getBytes(StandardCharsets.UTF_8));
  }
}
