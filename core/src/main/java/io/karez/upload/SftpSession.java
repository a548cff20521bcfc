package io.karez.upload;

import io.karez.transport.SshSubsystem;
import io.karez.transport.TransportException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// One conversation with the SFTP server of OpenSSH. Any number of requests can be on their way at
/// once; the server does them in the order in which they were sent.
final class SftpSession implements AutoCloseable {
  /// Gives a file its name in one step, whatever had that name.
  static final String RENAME = "posix-rename@openssh.com";

  /// Tells how much room there is.
  static final String ROOM = "statvfs@openssh.com";

  private static final byte[] GREETING = {0, 0, 0, 5, SftpPacket.INIT, 0, 0, 0, 3};

  /// OpenSSH has no longer messages (SFTP_MAX_MSG_LENGTH); text reads as the length of a much
  /// longer one.
  private static final int LONGEST = 256 * 1024;

  private static final byte[] LAST = {};

  private final SshSubsystem channel;
  private final DataInputStream input;
  private final Set<String> extensions;
  private final BlockingQueue<byte[]> outgoing = new LinkedBlockingQueue<>();
  private final Map<Integer, CompletableFuture<SftpReply>> waiting = new ConcurrentHashMap<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private final Optional<Future<SftpReply>> limits;
  private volatile boolean over;

  private SftpSession(SshSubsystem channel, DataInputStream input, Set<String> extensions) {
    this.channel = channel;
    this.input = input;
    this.extensions = extensions;
    // a virtual thread would hold one of the few that carry those, whenever it waits for a pipe
    Thread.ofPlatform().daemon().start(this::write);
    Thread.ofPlatform().daemon().start(this::read);
    limits =
        can(SftpLimits.NAME)
            ? Optional.of(ask(new SftpPacket(SftpPacket.EXTENDED).text(SftpLimits.NAME)))
            : Optional.empty();
  }

  /// Greets a server that was just started.
  ///
  /// @throws IOException when it is not there
  /// @throws UncheckedIOException when it cannot do what is needed
  static SftpSession over(SshSubsystem channel) throws IOException {
    OutputStream out = channel.output();
    out.write(GREETING);
    out.flush();
    DataInputStream input = new DataInputStream(new BufferedInputStream(channel.input(), 1 << 16));
    byte[] head = input.readNBytes(4);
    if (head.length < 4) {
      throw new IOException("no answer");
    }
    int length = ByteBuffer.wrap(head).getInt();
    if (length < 5 || length > LONGEST) {
      throw unfit(
          channel,
          "something prints `%s` before SFTP begins; a start-up file such as `~/.bashrc` may not print"
              .formatted(new String(head, StandardCharsets.UTF_8).strip()));
    }
    Set<String> extensions = extensions(channel, ByteBuffer.wrap(input.readNBytes(length)));
    if (!extensions.contains(RENAME)) {
      throw unfit(
          channel, "its SFTP server cannot replace a file in one step (no `" + RENAME + "`)");
    }
    return new SftpSession(channel, input, extensions);
  }

  private static Set<String> extensions(SshSubsystem channel, ByteBuffer version) {
    Set<String> extensions = new HashSet<>();
    try {
      version.get();
      version.getInt();
      while (version.hasRemaining()) {
        extensions.add(SftpReply.text(version));
        SftpReply.text(version);
      }
    } catch (BufferUnderflowException e) {
      throw unfit(channel, "its SFTP server does not introduce itself");
    }
    return extensions;
  }

  private static UncheckedIOException unfit(SshSubsystem channel, String why) {
    return new UncheckedIOException(
        new IOException("files cannot be copied to `%s`: %s".formatted(channel.host(), why)));
  }

  boolean can(String extension) {
    return extensions.contains(extension);
  }

  SftpLimits limits() throws TransportException {
    return limits.isEmpty() ? SftpLimits.USUAL : SftpLimits.of(get(limits.get()));
  }

  boolean isOver() {
    return over;
  }

  CompletableFuture<SftpReply> ask(SftpPacket packet) {
    return ask(packet.finished());
  }

  /// @param message whose number is filled in here
  CompletableFuture<SftpReply> ask(byte[] message) {
    int number = numbers.incrementAndGet();
    ByteBuffer.wrap(message).putInt(5, number);
    CompletableFuture<SftpReply> reply = new CompletableFuture<>();
    waiting.put(number, reply);
    outgoing.add(message);
    if (over) {
      reply.completeExceptionally(new IOException("it is over"));
    }
    return reply;
  }

  /// Asks for something whose answer does not matter.
  void tell(SftpPacket packet) {
    Future<SftpReply> _ = ask(packet);
  }

  /// What a request that may fail has brought.
  ///
  /// @throws TransportException when the connection broke before
  SftpReply get(Future<SftpReply> reply) throws TransportException {
    try {
      return reply.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransportException("interrupted while files were copied", e);
    } catch (ExecutionException e) {
      String said = channel.lastWords();
      throw new TransportException(
          "the connection to `%s` broke while files were copied%s"
              .formatted(channel.host(), Rsync.quoted(said)));
    }
  }

  SftpReply now(SftpPacket packet) throws TransportException {
    return get(ask(packet));
  }

  private void write() {
    OutputStream out = channel.output();
    try {
      while (true) {
        byte[] next = outgoing.take();
        if (next.length == 0) {
          return;
        }
        out.write(next);
        if (outgoing.isEmpty()) {
          out.flush();
        }
      }
    } catch (IOException | InterruptedException e) {
      end();
    }
  }

  private void read() {
    try {
      while (true) {
        int length = input.readInt();
        if (length < 5 || length > LONGEST) {
          throw new IOException("the far side answered out of turn");
        }
        int type = input.readByte();
        int number = input.readInt();
        byte[] body = new byte[length - 5];
        input.readFully(body);
        CompletableFuture<SftpReply> reply = waiting.remove(number);
        if (reply != null) {
          reply.complete(new SftpReply(type, ByteBuffer.wrap(body)));
        }
      }
    } catch (IOException e) {
      end();
    }
  }

  private void end() {
    over = true;
    outgoing.add(LAST);
    waiting.values().forEach(reply -> reply.completeExceptionally(new IOException("it is over")));
  }

  /// What has not been answered yet never is.
  @Override
  public void close() {
    channel.close();
    end();
  }
}
