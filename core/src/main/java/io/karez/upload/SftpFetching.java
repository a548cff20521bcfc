package io.karez.upload;

import io.karez.transfer.Entry;
import io.karez.transfer.Unfit;
import io.karez.transport.TransportException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/// Fetches files through SFTP, any number at once.
///
/// @param room for pieces that were asked for and have not been written
record SftpFetching(
    SftpSession session,
    FarDirectory from,
    NearDirectory to,
    Drafts drafts,
    Sftp.Count count,
    Semaphore room) {
  private static final int PIECE = 1 << 15;

  /// Pieces of one file that are asked for at once.
  private static final int AHEAD = 64;

  /// Of all files together: 8 MiB.
  private static final int PIECES = 256;

  SftpFetching(
      SftpSession session, FarDirectory from, NearDirectory to, Drafts drafts, Sftp.Count count) {
    this(session, from, to, drafts, count, new Semaphore(PIECES));
  }

  /// A piece that is on its way.
  private record Piece(int length, Future<SftpReply> reply) {}

  /// @return why the file was not copied, if it was not
  Optional<Unfit> copy(Entry.File file) throws TransportException {
    SftpReply opened =
        session.now(
            new SftpPacket(SftpPacket.OPEN).text(from.path(file.path())).number(1).asItIs());
    if (!opened.isGood()) {
      return unfit(file, "cannot be read there: " + opened.why());
    }
    byte[] handle = opened.bytes();
    Path draft = to.root().resolve(drafts.of(file));
    try {
      Optional<String> trouble = fill(file, draft, handle);
      if (trouble.isPresent()) {
        Files.deleteIfExists(draft);
        return unfit(file, trouble.get());
      }
      Optional<Unfit> unnamed = to.publish(draft, file);
      count.add(unnamed.isEmpty() ? 1 : 0, 0);
      return unnamed;
    } catch (IOException e) {
      return unfit(file, NearDirectory.sentence(e));
    } finally {
      session.tell(new SftpPacket(SftpPacket.CLOSE).bytes(handle));
    }
  }

  /// @return why it is not whole, if it is not
  private Optional<String> fill(Entry.File file, Path draft, byte[] handle)
      throws TransportException, IOException {
    Files.createDirectories(draft.resolveSibling("."));
    if (!Drafts.isResumed(file) || (Files.exists(draft) && Files.size(draft) > file.bytes())) {
      Files.deleteIfExists(draft);
    }
    try (FileChannel target =
        FileChannel.open(draft, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      long begin = target.size();
      target.position(begin);
      count.add(0, begin);
      if (!isWhole(file, begin, handle, target)) {
        return Optional.of(Changes.CHANGED);
      }
    }
    SftpReply now = session.now(new SftpPacket(SftpPacket.FSTAT).bytes(handle));
    boolean isAsListed =
        now.isGood()
            && now.attributes().bytes() == file.bytes()
            && now.attributes().seconds() == file.seconds();
    return isAsListed ? Optional.empty() : Optional.of(Changes.CHANGED);
  }

  private boolean isWhole(Entry.File file, long begin, byte[] handle, FileChannel target)
      throws TransportException, IOException {
    Deque<Piece> pieces = new ArrayDeque<>();
    long at = begin;
    try {
      while (at < file.bytes() || !pieces.isEmpty()) {
        if (at < file.bytes() && pieces.size() < AHEAD && hasRoom(pieces.isEmpty())) {
          int length = (int) Math.min(PIECE, file.bytes() - at);
          pieces.add(
              new Piece(
                  length,
                  session.ask(
                      new SftpPacket(SftpPacket.READ).bytes(handle).number(at).number(length))));
          at += length;
          continue;
        }
        Piece piece = pieces.getFirst();
        SftpReply reply = session.get(piece.reply());
        if (reply.type() != SftpPacket.DATA) {
          return false;
        }
        ByteBuffer bytes = reply.body().duplicate();
        if (bytes.getInt() != piece.length()) {
          return false;
        }
        while (bytes.hasRemaining()) {
          target.write(bytes);
        }
        pieces.removeFirst();
        room.release();
        count.add(0, piece.length());
      }
      return true;
    } finally {
      room.release(pieces.size());
    }
  }

  /// @param isNeeded whether there is nothing else to wait for
  private boolean hasRoom(boolean isNeeded) {
    if (isNeeded) {
      room.acquireUninterruptibly();
      return true;
    }
    return room.tryAcquire();
  }

  private static Optional<Unfit> unfit(Entry.File file, String why) {
    return Optional.of(new Unfit(file.path(), why));
  }
}
