package io.karez.upload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What lies below a directory, as text that can be compared.
final class Tree {
  private Tree() {}

  static Map<String, String> of(Path root) {
    Map<String, String> tree = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.skip(1).toList()) {
        tree.put(root.relativize(path).toString(), told(path));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return tree;
  }

  private static String told(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      return "link " + Files.readSymbolicLink(path);
    }
    String mode =
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    return Files.isDirectory(path)
        ? "directory " + mode
        : "file %s %d %s"
            .formatted(
                mode,
                Files.getLastModifiedTime(path).toMillis() / 1000,
                Files.size(path) + ":" + Arrays.hashCode(Files.readAllBytes(path)));
  }

  static Path write(Path file, String text, String mode, long seconds) throws IOException {
    return write(file, text.getBytes(java.nio.charset.StandardCharsets.UTF_8), mode, seconds);
  }

  static Path write(Path file, byte[] bytes, String mode, long seconds) throws IOException {
    Files.createDirectories(file.resolveSibling("."));
    Files.write(file, bytes);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    return Files.setLastModifiedTime(file, FileTime.fromMillis(seconds * 1000));
  }
}
