package io.karez.site;

import io.karez.transport.Command;
import io.karez.transport.Completed;
import io.karez.transport.LocalTransport;
import io.karez.transport.TransportException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Files on their way, as `tar` of this machine writes and reads them.
final class Archive {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private Archive() {}

  /// All that lies in a directory.
  ///
  /// @param but patterns of names that are left out, which begin with `./`
  static byte[] of(Path directory, List<String> but) throws IOException, TransportException {
    List<String> words = new ArrayList<>(List.of("tar", "-cf", "-"));
    but.forEach(name -> words.add("--exclude=" + name));
    words.addAll(List.of("-C", directory.toString(), "."));
    return run(Command.of(words));
  }

  /// @param directory empty
  static void unpack(byte[] archive, Path directory) throws IOException, TransportException {
    run(Command.of(List.of("tar", "-xof", "-", "-C", directory.toString())).reading(archive));
  }

  private static byte[] run(Command tar) throws IOException, TransportException {
    Completed done = new LocalTransport().run(tar, LIMIT);
    if (!done.succeeded()) {
      throw new IOException("`%s`: %s".formatted(tar, done.errorText().strip()));
    }
    return done.stdout();
  }
}
