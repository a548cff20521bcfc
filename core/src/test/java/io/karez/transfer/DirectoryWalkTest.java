package io.karez.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryWalkTest {
  @TempDir Path root;

  @BeforeEach
  void aTree() throws Exception {
    for (String path :
        List.of(
            "a",
            "data/b",
            "data/deep/c",
            "data/skip/d",
            "results/1/x",
            ".git/config",
            "lib/.git",
            "lib/e",
            ".karez-unfinished-1/f",
            "data/.karez-unfinished/g")) {
      Files.createDirectories(root.resolve(path).resolveSibling("."));
      Files.writeString(root.resolve(path), path);
    }
    Files.writeString(root.resolve(".karezignore"), "skip/\n");
    Files.createSymbolicLink(root.resolve("loop"), Path.of("."));
    Files.createSymbolicLink(root.resolve("data/dangling"), Path.of("no where"));
  }

  @Test
  void linksStayLinksAndWhatNeverGoesIsLeftOut() {
    assertThat(paths(List.of()))
        .containsExactly(
            ".karezignore",
            "a",
            "data",
            "data/b",
            "data/dangling",
            "data/deep",
            "data/deep/c",
            "lib",
            "lib/e",
            "loop");
    assertThat(
            DirectoryWalk.at(root, List.of("loop", "data/dangling", "none", "a/below")).entries())
        .containsExactly(
            new Entry.Link("data/dangling", "no where", false), new Entry.Link("loop", ".", true));
  }

  @Test
  void aPathTakesTheDirectoriesThatLeadToIt() {
    assertThat(paths(List.of("data/deep"))).containsExactly("data", "data/deep", "data/deep/c");
    assertThat(paths(List.of("data/skip/d", "a", "none"))).containsExactly("a", "data");
    assertThat(paths(List.of("results/1"))).isEmpty();
  }

  @Test
  void timesAndPermissionsAreThoseOfTheFile() throws Exception {
    Files.setPosixFilePermissions(root.resolve("a"), PosixFilePermissions.fromString("rwxr-x--x"));
    Files.setLastModifiedTime(root.resolve("a"), FileTime.fromMillis(1_500_000_000_999L));
    assertThat(DirectoryWalk.at(root, List.of("a")).entries())
        .containsExactly(new Entry.File("a", 0751, 1, 1_500_000_000));
  }

  @Test
  void whatIsNoFileIsNamed() throws Exception {
    assertThat(new ProcessBuilder("mkfifo", root.resolve("pipe").toString()).start().waitFor())
        .isZero();
    assertThat(
            new ProcessBuilder("sh", "-c", "printf x >\"$0/$(printf 'n\\377')\"", root.toString())
                .start()
                .waitFor())
        .isZero();
    assertThat(walk(List.of()).leftOut())
        .extracting(Unfit::why)
        .containsExactlyInAnyOrder("neither a file nor a directory", "its name is not UTF-8");
  }

  private List<String> paths(List<String> wanted) {
    return walk(wanted).listing().paths();
  }

  private Selection walk(List<String> wanted) {
    return DirectoryWalk.of(root, wanted, path -> path.equals("results"), IgnoreRules.NONE);
  }
}
