package io.karez.upload;

/// How much a server takes at once.
///
/// @param write bytes of a file in one message
/// @see <a href="https://github.com/openssh/openssh-portable/blob/master/PROTOCOL">PROTOCOL of
///   OpenSSH, 4.8</a>
record SftpLimits(int write) {
  /// Asks for them.
  static final String NAME = "limits@openssh.com";

  /// What every server takes.
  static final SftpLimits USUAL = new SftpLimits(1 << 15);

  /// That of OpenSSH's own: its longest message less what stands before the bytes.
  private static final int MOST = 255 * 1024;

  /// Where the third of four numbers stands: message, read, write, open files.
  private static final int WRITE = 16;

  /// @return the usual ones when the server does not say
  static SftpLimits of(SftpReply reply) {
    if (reply.type() != SftpPacket.EXTENDED_REPLY || reply.body().limit() < WRITE + Long.BYTES) {
      return USUAL;
    }
    long write = reply.body().getLong(WRITE);
    return write <= 0 ? USUAL : new SftpLimits((int) Math.min(write, MOST));
  }
}
