package io.karez.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.karez.testing.LocalSshd;
import io.karez.transfer.Entry;
import io.karez.transfer.Listing;
import io.karez.transfer.Progress;
import io.karez.transfer.Selection;
import io.karez.transfer.Unfit;
import io.karez.transport.TransportException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Servers of SFTP that answer with nonsense.
class SftpGarbageTest {
  /// Answers every request with a message of its own making, under the number of the request; a
  /// client that it does not know ends it.
  private static final String SERVER =
      """
      import os, struct, sys
      def read():
          head = sys.stdin.buffer.read(4)
          if len(head) < 4: sys.exit()
          return sys.stdin.buffer.read(struct.unpack('>I', head)[0])
      def say(message):
          sys.stdout.buffer.write(struct.pack('>I', len(message)) + message)
          sys.stdout.buffer.flush()
      def text(word):
          return struct.pack('>I', len(word)) + word
      read()
      say(b'\\x02\\0\\0\\0\\x03' + text(b'posix-rename@openssh.com') + text(b'1'))
      kind, body = int(sys.argv[1]), eval(sys.argv[2])
      asked = 0
      while True:
          message = read()
          asked += 1
          if sys.argv[3:] and message[0] in (7, 17): say(b'\\x69' + message[1:5] + struct.pack('>II', 4, 0o40755))
          elif sys.argv[3:] and message[0] == 11: say(b'\\x66' + message[1:5] + text(b'handle'))
          elif sys.argv[3:] and asked > 8: say(b'\\x65' + message[1:5] + struct.pack('>I', 1))
          else: say(bytes([kind]) + message[1:5] + body)
      """;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "101 b''",
        "101 b'\\0\\0'",
        "102 b''",
        "102 b'\\x7f\\xff\\xff\\xff'",
        "102 b'\\xff\\xff\\xff\\xff'",
        "104 b''",
        "104 b'\\0\\0\\0\\x05'",
        "104 b'\\0\\0\\0\\x01\\x7f\\xff\\xff\\xff'",
        "105 b''",
        "105 b'\\x80\\0\\0\\0\\xff\\xff\\xff\\xff'",
        "105 b'\\0\\0\\0\\x04'",
        "201 b'\\0\\0\\0\\x01'",
      })
  void nonsenseIsAnErrorAndNoEndlessWait(String answer) throws Exception {
    Path here = Files.createDirectories(directory.resolve("here"));
    Files.writeString(here.resolve("file"), "text");
    Listing files = new Listing(List.of(new Entry.File("file", 0644, 4, 1_700_000_000)));
    try (LocalSshd sshd = server(answer);
        Ends ends = new Ends(sshd)) {
      SshUploader uploader = ends.ssh(SshUploader.Means.SFTP);
      for (Throwable thrown :
          List.of(
              orNothing(() -> uploader.below("/there", List.of(), List.of())),
              orNothing(() -> uploader.send(files, here, "/there", Progress.UNHEARD)),
              orNothing(() -> uploader.fetch(files, "/there", here, Progress.UNHEARD)))) {
        assertThat(thrown)
            .as(answer)
            .isInstanceOfAny(UncheckedIOException.class, TransportException.class, Nothing.class);
      }
      assertThat(here.resolve("file")).hasContent("text");
    }
  }

  @Test
  void namesThatLeadElsewhereAreLeftOut() throws Exception {
    String names =
        "104 struct.pack('>I',3)+b''.join(text(n)+text(b'')+struct.pack('>III',4,0o100644,0)[:8]"
            + " for n in(b'../../evil',b'a\\0b',b'good')) listing";
    try (LocalSshd sshd = server(names);
        Ends ends = new Ends(sshd)) {
      Selection found = ends.ssh(SshUploader.Means.SFTP).below("/there", List.of(), List.of());
      assertThat(found.listing().paths()).containsOnly("good");
      assertThat(found.leftOut())
          .extracting(Unfit::why)
          .isNotEmpty()
          .containsOnly("no file can have this name");
    }
  }

  @Test
  void noAnswerMakesReadingDoAnythingElse() {
    Random random = new Random(11);
    for (int i = 0; i < 20_000; i++) {
      byte[] body = new byte[random.nextInt(40)];
      random.nextBytes(body);
      SftpReply reply = new SftpReply(100 + random.nextInt(6), ByteBuffer.wrap(body));
      for (Runnable reading :
          List.<Runnable>of(
              reply::isGood, reply::why, reply::bytes, reply::name, reply::attributes)) {
        Throwable thrown = catchThrowable(reading::run);
        if (thrown != null) {
          assertThat(thrown).isInstanceOf(BufferUnderflowException.class);
        }
      }
    }
    assertThatThrownBy(
            () -> SftpReply.text(ByteBuffer.wrap("zzzz".getBytes(StandardCharsets.UTF_8))))
        .isInstanceOf(BufferUnderflowException.class);
  }

  private static final class Nothing extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private static Throwable orNothing(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    return thrown == null ? new Nothing() : thrown;
  }

  /// @param answer what it answers: a type, an expression, and perhaps that it lists directories
  private LocalSshd server(String answer) throws Exception {
    Path program = Files.writeString(directory.resolve("server.py"), SERVER);
    String[] words = answer.split(" ");
    String body = answer.substring(words[0].length() + 1).replaceFirst(" listing$", "");
    Path script =
        Files.writeString(
            directory.resolve("server"),
            "#!/bin/sh\nexec python3 '%s' %s '%s' %s\n"
                .formatted(
                    program,
                    words[0],
                    body.replace("'", "'\\''"),
                    answer.endsWith(" listing") ? "listing" : ""));
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return LocalSshd.start(directory.resolve("sshd"), "Subsystem sftp " + script);
  }
}
