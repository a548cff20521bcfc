package io.karez.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/// Writes whole files so that a reader, or a crash at any instant, finds the old text or the new
/// one.
public final class AtomicFile {

  /// 0600, for what nobody else should read.
  public static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rw-------");

  /// 0666 less the user's umask, as any program's files.
  public static final Set<PosixFilePermission> ORDINARY =
      PosixFilePermissions.fromString("rw-rw-rw-");

  private AtomicFile() {}

  /// Replaces the file, or makes it; where the path is a symbolic link, the file that it names.
  ///
  /// @param mode of a new file; one that is replaced keeps its own, unless `mode` is {@link
  ///   #PRIVATE}
  /// @throws UncheckedIOException when it could not be written; the old file is as it was
  public static void write(Path file, String text, Set<PosixFilePermission> mode) {
    write(file, text.getBytes(StandardCharsets.UTF_8), mode);
  }

  /// As {@link #write(Path, String, Set)}.
  public static void write(Path file, byte[] content, Set<PosixFilePermission> mode) {
    try {
      replace(
          Files.isSymbolicLink(file) ? file.toRealPath() : file.toAbsolutePath(), content, mode);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write `" + file + "`", e);
    }
  }

  private static void replace(Path file, byte[] content, Set<PosixFilePermission> mode)
      throws IOException {
    Path directory = file.resolveSibling(".");
    String suffix = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    Path temporary = file.resolveSibling("." + file.getFileName() + "." + suffix);
    try {
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
              PosixFilePermissions.asFileAttribute(mode))) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      if (!mode.equals(PRIVATE) && Files.exists(file)) {
        Files.setPosixFilePermissions(temporary, Files.getPosixFilePermissions(file));
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
    // Without this a crash of the machine may take the new name away again.
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
