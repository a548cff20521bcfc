package io.karez.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Whose files are whose, by user id: Java knows the user's name, which two users can share.
public final class Owner {
  private Owner() {}

  /// The id of the user that a file belongs to.
  public static long of(Path file) {
    try {
      return ((Number) Files.getAttribute(file, "unix:uid")).longValue() & 0xFFFF_FFFFL;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the owner of `" + file + "`", e);
    }
  }

  /// The id of whoever runs this program.
  public static long me() {
    Path process = Path.of("/proc/self");
    return of(Files.exists(process) ? process : Path.of(System.getProperty("user.home")));
  }
}
