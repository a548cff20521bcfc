package io.karez.transport;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A shell on the other end of a connection that runs one script after the other, each with what it
/// reads, and says of each how it ended. One login is enough for all of them.
final class RemoteShell implements AutoCloseable {
  /// Reads the length of a script, then the script. It passes through whatever login shell the user
  /// has there, so it has neither quotes nor newlines, nor anything that such a shell would read in
  /// quotes.
  private static final String LOOP =
      "while IFS= read -r n; do s=$(head -c \"$n\"); eval \"$s\"; done";

  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final Process process;

  /// Threads of their own: one that waits for a pipe holds what carries virtual ones, and there are
  /// only so many of these.
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory());

  private final Frames stdout;
  private final Frames stderr;
  private final OutputStream stdin;
  private final String nonce;

  private RemoteShell(Process process, String nonce) {
    this.process = process;
    this.nonce = nonce;
    this.stdin = process.getOutputStream();
    this.stdout = new Frames(process.getInputStream(), nonce);
    this.stderr = new Frames(process.getErrorStream(), nonce);
  }

  /// What a login shell is to run.
  ///
  /// @param shell a POSIX shell and its options
  static String command(String shell) {
    return "exec " + shell + " -c '" + LOOP + "'";
  }

  static RemoteShell over(Process process) {
    byte[] bits = new byte[16];
    new SecureRandom().nextBytes(bits);
    return new RemoteShell(process, "karez-" + HexFormat.of().formatHex(bits));
  }

  /// What is to be run.
  ///
  /// @param text sets `kz_word`; it has to read all of the input
  /// @param input what it reads on standard input
  @SuppressWarnings("ArrayRecordComponent")
  record Script(String text, byte[] input) {}

  /// What a script has printed, and the word that it ended with.
  @SuppressWarnings("ArrayRecordComponent")
  record Answer(byte[] stdout, byte[] stderr, String word) {}

  /// Runs scripts one after the other; all of them are on their way before the first answer comes.
  ///
  /// @throws BrokenException when the far side does not answer to the end
  /// @throws TimeoutException when it has not answered in time; no further script can be run
  List<Answer> run(List<Script> scripts, Duration limit)
      throws BrokenException, TimeoutException, InterruptedException {
    CompletionService<List<Frames.Frame>> parts = new ExecutorCompletionService<>(threads);
    Future<List<Frames.Frame>> out = parts.submit(() -> frames(stdout, scripts.size()));
    Future<List<Frames.Frame>> err = parts.submit(() -> frames(stderr, scripts.size()));
    Future<List<Frames.Frame>> _ = parts.submit(() -> send(scripts));
    Instant end = Instant.now().plus(limit);
    try {
      for (int part = 0; part < 3; part++) {
        long left = Duration.between(Instant.now(), end).toMillis();
        @Nullable Future<List<Frames.Frame>> ready = parts.poll(left, TimeUnit.MILLISECONDS);
        if (ready == null) {
          throw new TimeoutException();
        }
        ready.get();
      }
      List<Answer> answers = new ArrayList<>();
      for (int i = 0; i < scripts.size(); i++) {
        Frames.Frame said = out.get().get(i);
        answers.add(new Answer(said.bytes(), err.get().get(i).bytes(), said.word()));
      }
      return answers;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new BrokenException(String.valueOf(e.getCause()));
    }
  }

  private static List<Frames.Frame> frames(Frames stream, int count) throws IOException {
    List<Frames.Frame> frames = new ArrayList<>();
    while (frames.size() < count) {
      frames.add(stream.next());
    }
    return frames;
  }

  private List<Frames.Frame> send(List<Script> scripts) throws IOException {
    for (Script script : scripts) {
      byte[] framed =
          """
          printf '\\n%%s begin\\n' %1$s; printf '\\n%%s begin\\n' %1$s >&2
          kz_word=
          %2$s
          printf '\\n%%s end %%s\\n' %1$s "$kz_word"; printf '\\n%%s end .\\n' %1$s >&2
          """
              .formatted(nonce, script.text())
              .getBytes(StandardCharsets.UTF_8);
      stdin.write((framed.length + "\n").getBytes(StandardCharsets.US_ASCII));
      stdin.write(framed);
      stdin.write(script.input());
    }
    stdin.flush();
    return List.of();
  }

  /// The far side is gone, or does not do what it should.
  static final class BrokenException extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenException(String message) {
      super(message);
    }
  }

  /// What `ssh` has said of itself, once the far side is gone.
  String lastWords() throws InterruptedException {
    process.waitFor(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
    // the reader may be a moment behind
    Instant end = Instant.now().plus(LAST_WORDS);
    while (!stderr.isOver() && Instant.now().isBefore(end)) {
      Thread.sleep(10);
    }
    return stderr.between();
  }

  @Override
  public void close() {
    try {
      stdin.close();
    } catch (IOException e) {
      // it is gone already
    }
    process.destroy();
    threads.shutdown();
  }
}
