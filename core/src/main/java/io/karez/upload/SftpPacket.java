package io.karez.upload;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// One message of SFTP, version 3, as it is put together.
///
/// @see <a href="https://datatracker.ietf.org/doc/html/draft-ietf-secsh-filexfer-02">the draft</a>
final class SftpPacket {
  static final int INIT = 1;
  static final int VERSION = 2;
  static final int OPEN = 3;
  static final int CLOSE = 4;
  static final int READ = 5;
  static final int WRITE = 6;
  static final int LSTAT = 7;
  static final int FSTAT = 8;
  static final int SETSTAT = 9;
  static final int FSETSTAT = 10;
  static final int OPENDIR = 11;
  static final int READDIR = 12;
  static final int REMOVE = 13;
  static final int MKDIR = 14;
  static final int RMDIR = 15;
  static final int REALPATH = 16;
  static final int STAT = 17;
  static final int READLINK = 19;
  static final int SYMLINK = 20;
  static final int STATUS = 101;
  static final int HANDLE = 102;
  static final int DATA = 103;
  static final int NAME = 104;
  static final int ATTRS = 105;
  static final int EXTENDED = 200;
  static final int EXTENDED_REPLY = 201;

  private static final int SIZE = 1;
  private static final int PERMISSIONS = 4;
  private static final int TIMES = 8;

  /// The length, the type and the number of the request, which the session fills in.
  private static final int HEAD = 9;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);

  SftpPacket(int type) {
    bytes.write(type);
    bytes.writeBytes(new byte[4]);
  }

  SftpPacket number(int value) {
    bytes.writeBytes(ByteBuffer.allocate(4).putInt(value).array());
    return this;
  }

  SftpPacket number(long value) {
    bytes.writeBytes(ByteBuffer.allocate(8).putLong(value).array());
    return this;
  }

  SftpPacket text(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  SftpPacket bytes(byte[] some) {
    number(some.length);
    bytes.writeBytes(some);
    return this;
  }

  /// Attributes: none.
  SftpPacket asItIs() {
    return number(0);
  }

  /// Attributes: a size and nothing else.
  SftpPacket size(long size) {
    return number(SIZE).number(size);
  }

  /// Attributes: permissions and nothing else.
  SftpPacket mode(int mode) {
    return number(PERMISSIONS).number(mode);
  }

  /// Attributes: permissions and times, which are seconds since 1970 below 2^32.
  SftpPacket modeAndTimes(int mode, long accessed, long changed) {
    return number(PERMISSIONS | TIMES).number(mode).number((int) accessed).number((int) changed);
  }

  /// The message with its length.
  byte[] finished() {
    byte[] message = bytes.toByteArray();
    return ByteBuffer.allocate(4 + message.length).putInt(message.length).put(message).array();
  }

  /// How long a message is that writes so much.
  static int size(byte[] handle, int length) {
    return HEAD + 4 + handle.length + 8 + 4 + length;
  }

  /// Makes a message that writes what its last bytes are filled with afterwards.
  ///
  /// @param message of that size
  static void write(byte[] message, byte[] handle, long at, int length) {
    ByteBuffer.wrap(message)
        .putInt(message.length - 4)
        .put((byte) WRITE)
        .putInt(0)
        .putInt(handle.length)
        .put(handle)
        .putLong(at)
        .putInt(length);
  }
}
