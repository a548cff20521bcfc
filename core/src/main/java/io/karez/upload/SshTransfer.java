package io.karez.upload;

import io.karez.transfer.DirectoryWalk;
import io.karez.transfer.IgnoreRules;
import io.karez.transfer.Progress;
import io.karez.transfer.Selection;
import io.karez.transfer.TransferReport;
import io.karez.transfer.Unfit;
import io.karez.transport.LocalTransport;
import io.karez.transport.SshClient;
import io.karez.transport.SshHost;
import io.karez.transport.TransportException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// What is copied where, and to which host: what {@link RsyncUploader} and {@link SftpUploader}
/// have in common.
///
/// @param source a directory of this machine
/// @param target a directory of the host: absolute, or as it is seen from the home directory
/// @param excludes as lines of `.karezignore`, which hold in every directory
record SshTransfer(
    SshHost host, Path source, String target, List<String> excludes, Progress progress) {

  SshTransfer {
    excludes = List.copyOf(excludes);
  }

  SshTransfer excluding(List<String> patterns) {
    return new SshTransfer(host, source, target, patterns, progress);
  }

  SshTransfer telling(Progress listener) {
    return new SshTransfer(host, source, target, excludes, listener);
  }

  /// @param by makes an uploader
  TransferReport run(Function<SshClient, SshUploader> by)
      throws TransportException, InterruptedException {
    if (!Files.isDirectory(source)) {
      throw new UncheckedIOException(new IOException("`" + source + "` is not a directory"));
    }
    try (SshClient client = new SshClient(host, new LocalTransport(), sockets())) {
      SshUploader uploader = by.apply(client);
      uploader.connect();
      Selection selected =
          DirectoryWalk.of(source, List.of(), path -> false, IgnoreRules.excluding(excludes));
      TransferReport report = uploader.send(selected.listing(), source, target, progress);
      List<Unfit> failed = new ArrayList<>(selected.leftOut());
      failed.addAll(report.failed());
      return new TransferReport(
          report.files(), report.bytes(), report.same(), failed, report.interruptions());
    }
  }

  /// Where Karez itself keeps connections, so that one login serves both.
  private static Path sockets() {
    String runtime = System.getenv("XDG_RUNTIME_DIR");
    return runtime != null && Path.of(runtime).isAbsolute()
        ? Path.of(runtime, "karez")
        : Path.of("/tmp", "karez-" + System.getProperty("user.name"));
  }
}
