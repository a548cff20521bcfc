package io.karez.upload;

import io.karez.transfer.Entry;
import io.karez.transfer.Unfit;
import io.karez.transport.TransportException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// Sends files through SFTP, any number at once.
final class SftpSending {
  /// Bytes that are on their way at once.
  private static final int ROOM = 1 << 22;

  private final SftpSession session;
  private final Path from;
  private final FarDirectory to;
  private final FarDrafts places;
  private final Sftp.Count count;
  private final int piece;
  private final Semaphore room = new Semaphore(ROOM);
  private final Queue<byte[]> spare = new ConcurrentLinkedQueue<>();
  private final AtomicInteger numbers = new AtomicInteger();

  /// No other attempt, of which the server may still write something, has the same names.
  private final String own = Long.toHexString(new java.security.SecureRandom().nextLong());

  SftpSending(SftpSession session, Path from, FarDirectory to, FarDrafts places, Sftp.Count count)
      throws TransportException {
    this.session = session;
    this.piece = session.limits().write();
    this.from = from;
    this.to = to;
    this.places = places;
    this.count = count;
  }

  /// @return why the file was not copied, if it was not
  Optional<Unfit> copy(Entry.File file) throws TransportException {
    String directory = places.drafts().beside(file.path());
    if (places.missing().containsKey(directory)) {
      return unfit(file, "cannot be written there: " + places.missing().get(directory));
    }
    String name =
        Drafts.isResumed(file)
            ? places.drafts().of(file)
            : directory + "/" + own + "-" + numbers.incrementAndGet();
    long begun = places.begun().getOrDefault(name, 0L);
    if (begun > file.bytes()) {
      session.now(new SftpPacket(SftpPacket.REMOVE).text(to.path(name)));
      begun = 0;
    }
    // Pieces after one that was refused may have been written, when the connection broke before
    // that was known; they are written again.
    long at = Math.max(0, begun - ROOM);
    try (FileChannel source = FileChannel.open(from.resolve(file.path()))) {
      String draft = to.path(name);
      SftpReply opened = session.now(open(draft));
      if (!opened.isGood()) {
        return unfit(file, "cannot be written there: " + opened.why());
      }
      Optional<String> trouble = fill(file, source, at, opened.bytes());
      if (trouble.isEmpty() && !Changes.isAsListed(from, file)) {
        trouble = Optional.of(Changes.CHANGED);
      }
      if (trouble.isEmpty()) {
        SftpReply named = session.now(FarDirectory.rename(draft, to.path(file.path())));
        if (named.isGood()) {
          count.add(1, 0);
          return Optional.empty();
        }
        trouble = Optional.of("cannot be given its name there: " + named.why());
      }
      session.now(new SftpPacket(SftpPacket.REMOVE).text(draft));
      return unfit(file, trouble.get());
    } catch (IOException e) {
      return unfit(file, NearDirectory.sentence(e));
    }
  }

  /// What is there of it stays: a server that has not noticed the end of an earlier connection may
  /// do this after pieces have come on the next one.
  private static SftpPacket open(String draft) {
    int write = 2;
    int make = 8;
    return new SftpPacket(SftpPacket.OPEN).text(draft).number(write | make).mode(0600);
  }

  /// Writes all of it, and closes it.
  ///
  /// @return why it is not whole, if it is not
  private Optional<String> fill(Entry.File file, FileChannel source, long begin, byte[] handle)
      throws TransportException, IOException {
    Deque<Future<SftpReply>> replies = new ArrayDeque<>();
    count.add(0, begin);
    try {
      source.position(begin);
      for (long at = begin; at < file.bytes(); at += piece) {
        while (!replies.isEmpty() && replies.getFirst().isDone()) {
          SftpReply reply = session.get(replies.removeFirst());
          if (!reply.isGood()) {
            return Optional.of(refusal(reply));
          }
        }
        int length = (int) Math.min(piece, file.bytes() - at);
        byte[] message = message(SftpPacket.size(handle, length));
        SftpPacket.write(message, handle, at, length);
        ByteBuffer bytes = ByteBuffer.wrap(message, message.length - length, length);
        while (bytes.hasRemaining()) {
          if (source.read(bytes) < 0) {
            return Optional.of(Changes.CHANGED);
          }
        }
        replies.add(written(message, length));
      }
      long now = InstantSource.system().instant().getEpochSecond();
      // the time of the last access is that of the copy: sites remove what nobody has used for long
      replies.add(
          session.ask(
              new SftpPacket(SftpPacket.FSETSTAT)
                  .bytes(handle)
                  .modeAndTimes(file.mode(), now, file.seconds())));
      Future<SftpReply> seen = session.ask(new SftpPacket(SftpPacket.FSTAT).bytes(handle));
      for (Future<SftpReply> future : replies) {
        SftpReply reply = session.get(future);
        if (!reply.isGood()) {
          return Optional.of(refusal(reply));
        }
      }
      SftpReply there = session.get(seen);
      return there.isGood() && there.attributes().bytes() == file.bytes()
          ? Optional.empty()
          : Optional.of("not all of it is there");
    } finally {
      session.tell(new SftpPacket(SftpPacket.CLOSE).bytes(handle));
    }
  }

  private Future<SftpReply> written(byte[] message, int length) {
    room.acquireUninterruptibly(length);
    return session
        .ask(message)
        .whenComplete((reply, broken) -> {
          try {
            if (reply != null && reply.isGood()) {
              count.add(0, length);
              if (length == piece) {
                spare.add(message);
              }
            }
          } finally {
            room.release(length);
          }
        });
  }

  /// One whose bytes the server has had, if it fits: to fill new ones with zeros first, and to move
  /// those that are on their way to older memory, takes longer than to read the file.
  private byte[] message(int size) {
    byte[] old = spare.poll();
    return old != null && old.length == size ? old : new byte[size];
  }

  /// The server says no more than "failure" when a disk is full.
  private String refusal(SftpReply reply) throws TransportException {
    String why = "cannot be written there: " + reply.why();
    if (!session.can(SftpSession.ROOM)) {
      return why;
    }
    SftpReply disk =
        session.now(new SftpPacket(SftpPacket.EXTENDED).text(SftpSession.ROOM).text(to.path("")));
    if (!disk.isGood()) {
      return why;
    }
    // f_frsize and f_bavail of statvfs(3)
    long free = disk.body().getLong(8) * disk.body().getLong(32);
    return free < ROOM
        ? "no space left on device there"
        : why + " (%d MB are free; is it a quota?)".formatted(free / 1_000_000);
  }

  private static Optional<Unfit> unfit(Entry.File file, String why) {
    return Optional.of(new Unfit(file.path(), why));
  }
}
