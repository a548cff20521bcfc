package io.karez.upload;

import io.karez.transfer.DirectoryWalk;
import io.karez.transfer.Entry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Where a transfer keeps files that are not whole yet: in a directory beside each, so that giving
/// them their name is one step. The next transfer from the same place finds them there.
///
/// @param name of these directories
record Drafts(String name) {
  /// From here on a file is worth going on with.
  private static final long LARGE = 1 << 20;

  /// @param from names the place that files come from
  static Drafts of(String from) {
    return new Drafts(DirectoryWalk.UNFINISHED + "-" + digest(machine() + "\0" + from));
  }

  /// Not negative, and hardly ever that of another name.
  long number() {
    return HexFormat.fromHexDigitsToLong(name.substring(name.length() - 15));
  }

  /// The directory beside a file.
  String beside(String path) {
    return path.substring(0, path.lastIndexOf('/') + 1) + name;
  }

  /// Where a file lies until it is whole. The name of a large one says which version it is, so that
  /// nothing is ever added to the beginning of another one. A name with a newline cannot be told to
  /// `sftp`, and stands for the whole path.
  String of(Entry.File file) {
    if (file.path().indexOf('\n') >= 0) {
      return name + "/" + version(file);
    }
    String base = file.path().substring(file.path().lastIndexOf('/') + 1);
    return beside(file.path()) + "/" + (isResumed(file) ? version(file) : base);
  }

  /// Whether what is there of it is kept.
  static boolean isResumed(Entry.File file) {
    return file.bytes() >= LARGE;
  }

  private static String version(Entry.File file) {
    return "=" + digest(file.path() + "\0" + file.bytes() + "\0" + file.seconds());
  }

  private static String machine() {
    try {
      return Files.readString(Path.of("/etc/machine-id"));
    } catch (IOException e) {
      try {
        return InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException unknown) {
        return "";
      }
    }
  }

  private static String digest(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] bytes = digest.digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(bytes, 0, 10);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
