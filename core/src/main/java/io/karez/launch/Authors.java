package io.karez.launch;

import io.karez.submit.NewRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Who is at work here.
public final class Authors {
  /// Of Karez.
  public static final String VERSION = "0.1.0";

  private Authors() {}

  public static NewRun.Author me() {
    return new NewRun.Author(System.getProperty("user.name", ""), host(), VERSION);
  }

  private static String host() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      return "localhost";
    }
  }
}
