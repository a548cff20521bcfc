package io.karez.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir private Path directory = Path.of(".");

  @Test
  void aNewFileHasTheModeAskedFor() throws IOException {
    Path file = directory.resolve("a");
    AtomicFile.write(file, "é", AtomicFile.PRIVATE);
    assertThat(file).hasContent("é");
    assertThat(mode(file)).isEqualTo("rw-------");
    assertThat(directory).isDirectoryContaining(f -> f.equals(file)).isNotEmptyDirectory();
  }

  @Test
  void aReplacedFileKeepsItsModeUnlessItMustBePrivate() throws IOException {
    Path file = Files.writeString(directory.resolve("a"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x---"));
    AtomicFile.write(file, "new", AtomicFile.ORDINARY);
    assertThat(file).hasContent("new");
    assertThat(mode(file)).isEqualTo("rwxr-x---");
    AtomicFile.write(file, "newer", AtomicFile.PRIVATE);
    assertThat(mode(file)).isEqualTo("rw-------");
  }

  @Test
  void aLinkStaysALink() throws IOException {
    Path real = Files.writeString(directory.resolve("real"), "old");
    Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("real"));
    AtomicFile.write(link, "new", AtomicFile.ORDINARY);
    assertThat(link).isSymbolicLink();
    assertThat(real).hasContent("new");
  }

  @Test
  void aFailedWriteLeavesTheOldFileAndNothingBesides() throws IOException {
    Path occupied = directory.resolve("a");
    Files.createDirectories(occupied.resolve("b"));
    assertThatThrownBy(() -> AtomicFile.write(occupied, "x", AtomicFile.ORDINARY))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("cannot write `" + occupied + "`");
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(occupied);
    }
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
