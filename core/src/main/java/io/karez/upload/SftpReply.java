package io.karez.upload;

import io.karez.transfer.Entry;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// What a server of SFTP answers. Reading what is no such answer throws a
/// `BufferUnderflowException`, or gives values that mean nothing.
///
/// @param body what follows the number of the request
record SftpReply(int type, ByteBuffer body) {
  private static final int END = 1;
  private static final int NOT_THERE = 2;

  private static final int HAS_SIZE = 1;
  private static final int HAS_OWNER = 2;
  private static final int HAS_MODE = 4;
  private static final int HAS_TIMES = 8;
  private static final int HAS_MORE = 0x80000000;

  private static final int KIND = 0170000;
  private static final int DIRECTORY = 0040000;
  private static final int FILE = 0100000;
  private static final int LINK = 0120000;

  /// What is known of a file without its name.
  ///
  /// @param mode all of st_mode of stat(2)
  /// @param seconds of the last change, since 1970
  record Attributes(int mode, long bytes, long seconds) {
    boolean isDirectory() {
      return (mode & KIND) == DIRECTORY;
    }

    boolean isLink() {
      return (mode & KIND) == LINK;
    }

    /// @return a link has no target yet
    Entry entry(String path) {
      return switch (mode & KIND) {
        case DIRECTORY -> new Entry.Directory(path, mode & 0777);
        case FILE -> new Entry.File(path, mode & 0777, bytes, seconds);
        case LINK -> new Entry.Link(path, "", false);
        default -> new Entry.Special(path);
      };
    }
  }

  /// Whether it is what was asked for, and no refusal.
  boolean isGood() {
    return type != SftpPacket.STATUS || status() == 0;
  }

  boolean isNotThere() {
    return type == SftpPacket.STATUS && status() == NOT_THERE;
  }

  boolean isEnd() {
    return type == SftpPacket.STATUS && status() == END;
  }

  private int status() {
    return body.duplicate().getInt();
  }

  /// A refusal in the words of the server, in lower case.
  String why() {
    ByteBuffer rest = body.duplicate();
    rest.getInt();
    String said = rest.remaining() >= 4 ? text(rest) : "";
    return said.isEmpty()
        ? "status " + status()
        : said.substring(0, 1).toLowerCase(Locale.ROOT) + said.substring(1);
  }

  byte[] bytes() {
    return bytes(body.duplicate());
  }

  /// The only name of an answer that has one.
  String name() {
    ByteBuffer rest = body.duplicate();
    rest.getInt();
    return text(rest);
  }

  Attributes attributes() {
    return attributes(body.duplicate());
  }

  static Attributes attributes(ByteBuffer from) {
    int flags = from.getInt();
    long bytes = (flags & HAS_SIZE) == 0 ? 0 : from.getLong();
    if ((flags & HAS_OWNER) != 0) {
      from.getLong();
    }
    int mode = (flags & HAS_MODE) == 0 ? 0 : from.getInt();
    long seconds = 0;
    if ((flags & HAS_TIMES) != 0) {
      from.getInt();
      seconds = Integer.toUnsignedLong(from.getInt());
    }
    if ((flags & HAS_MORE) != 0) {
      for (int left = from.getInt(); left > 0; left--) {
        bytes(from);
        bytes(from);
      }
    }
    return new Attributes(mode, bytes, seconds);
  }

  /// UTF-8; what is none becomes U+FFFD.
  static String text(ByteBuffer from) {
    return new String(bytes(from), StandardCharsets.UTF_8);
  }

  /// @throws BufferUnderflowException when it is shorter than it says
  private static byte[] bytes(ByteBuffer from) {
    int length = from.getInt();
    if (length < 0 || length > from.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] some = new byte[length];
    from.get(some);
    return some;
  }
}
