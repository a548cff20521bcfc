package io.karez.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against `git check-ignore`.
class IgnoreRulesTest {
  private static final List<String> NAMES =
      List.of(
          "a", "b", "ab", "a.o", "é", "a b", "x!", "#c", ".h", "a[b", "[", "a-b", "\\", "Z", "*");
  private static final List<String> PIECES =
      List.of(
          "a",
          "b",
          "ab",
          ".o",
          "é",
          " ",
          "!",
          "#",
          "*",
          "**",
          "/",
          "/",
          "?",
          "[",
          "]",
          "[ab]",
          "[!a]",
          "[^b]",
          "[a-c]",
          "[]a]",
          "[[:alpha:]]",
          "[a\\]b]",
          "[c-a]",
          "[!]",
          "[a-]",
          "\\",
          "\\*",
          "\\ ",
          "\\#",
          "\\!",
          "-",
          ".h",
          "**/",
          "/**",
          "/**/",
          "*/",
          "Z",
          "[[:x:]]",
          "\t");

  @TempDir Path repository;

  @Test
  void ignoresWhatGitIgnores() throws Exception {
    run("git", "init", "-q", ".");
    Map<String, Boolean> tree = new TreeMap<>();
    grow("", tree, 3, new Random(7));
    Random random = new Random(1);
    int ignored = 0;
    for (int round = 0; round < 200; round++) {
      String root = text(random);
      String below = text(random);
      Files.writeString(repository.resolve(".gitignore"), root);
      Files.writeString(repository.resolve("a/.gitignore"), below);
      IgnoreRules rules = IgnoreRules.NONE.with("", root).with("a", below);
      Set<String> expected = gits(tree.keySet());
      assertThat(ours(tree, rules)).as("%s---\n%s", root, below).isEqualTo(expected);
      ignored += expected.size();
    }
    assertThat(ignored).as("the rules say something").isBetween(tree.size(), 180 * tree.size());
  }

  @Test
  void theCommandLineHasTheLastWord() {
    IgnoreRules rules = IgnoreRules.excluding(List.of("*.o", "!keep")).with("", "keep\nother\r\n");
    assertThat(rules.ignores("x/a.o", false)).isTrue();
    assertThat(rules.ignores("keep", false)).isFalse();
    assertThat(rules.ignores("x/other", true)).isTrue();
    assertThat(IgnoreRules.NONE.ignores("a", false)).isFalse();
  }

  private void grow(String below, Map<String, Boolean> tree, int depth, Random random)
      throws Exception {
    for (String name : NAMES) {
      boolean isDirectory = depth > 0 && (name.equals("a") || random.nextInt(4) == 0);
      String path = below + name;
      tree.put(path, isDirectory);
      if (isDirectory) {
        Files.createDirectory(repository.resolve(path));
        grow(path + "/", tree, depth - 1, random);
      } else {
        Files.createFile(repository.resolve(path));
      }
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int lines = 1 + random.nextInt(4); lines > 0; lines--) {
      for (int pieces = random.nextInt(6); pieces > 0; pieces--) {
        text.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      text.append(random.nextInt(8) == 0 ? "\r\n" : "\n");
    }
    return text.toString();
  }

  private static Set<String> ours(Map<String, Boolean> tree, IgnoreRules rules) {
    Set<String> ignored = new TreeSet<>();
    tree.forEach((path, isDirectory) -> {
      int slash = path.lastIndexOf('/');
      boolean below = slash >= 0 && ignored.contains(path.substring(0, slash));
      if (below || rules.ignores(path, isDirectory)) {
        ignored.add(path);
      }
    });
    return ignored;
  }

  private Set<String> gits(Set<String> paths) throws Exception {
    Process git =
        new ProcessBuilder("git", "check-ignore", "--no-index", "--stdin", "-z")
            .directory(repository.toFile())
            .start();
    Thread.ofVirtual()
        .start(() -> {
          try (OutputStream out = git.getOutputStream()) {
            out.write(String.join("\0", paths).getBytes(UTF_8));
          } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
    String said = new String(git.getInputStream().readAllBytes(), UTF_8);
    assertThat(git.waitFor()).isLessThan(2);
    return new TreeSet<>(said.isEmpty() ? List.of() : List.of(said.split("\0")));
  }

  private void run(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of(words));
    assertThat(
            new ProcessBuilder(command)
                .directory(repository.toFile())
                .inheritIO()
                .start()
                .waitFor())
        .isZero();
  }
}
