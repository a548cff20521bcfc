package io.karez.upload;

import io.karez.transfer.Progress;
import io.karez.transfer.TransferReport;
import io.karez.transport.SshHost;
import io.karez.transport.SshUnreachableException;
import io.karez.transport.TransportException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/// Sends a directory to a host through SFTP: whole files, but only those that differ, many at a
/// time. Nothing is needed there but the SFTP server of OpenSSH.
///
/// ```java
/// TransferReport sent =
///     new SftpUploader(SshHost.of("triton"), Path.of("data"), "~/data")
///         .excluding(List.of("*.tmp"))
///         .upload();
/// ```
///
/// A file has its name there when all of it has arrived. Nothing is removed. A connection that
/// breaks is made again after a while, and the transfer goes on; so does the same call later.
public final class SftpUploader {
  private final SshTransfer transfer;

  /// @param host as the user's own `ssh` reaches it
  /// @param source a directory of this machine
  /// @param target a directory of the host, made if need be: absolute, or as it is seen from the
  ///   home directory
  public SftpUploader(SshHost host, Path source, String target) {
    this(new SshTransfer(host, source, target, List.of(), Progress.UNHEARD));
  }

  private SftpUploader(SshTransfer transfer) {
    this.transfer = transfer;
  }

  /// The same, which leaves some files out besides those that a `.karezignore` names.
  ///
  /// @param patterns as lines of a `.gitignore`; they hold in every directory
  public SftpUploader excluding(List<String> patterns) {
    return new SftpUploader(transfer.excluding(patterns));
  }

  /// The same, which tells how far it is.
  public SftpUploader telling(Progress progress) {
    return new SftpUploader(transfer.telling(progress));
  }

  /// Sends what is not there yet.
  ///
  /// @return what was sent, and what could not be, each with the reason
  /// @throws SshUnreachableException when there is no connection, or none any more
  /// @throws TransportException when the connection breaks again and again
  /// @throws UncheckedIOException when nothing can be read here or written there at all
  public TransferReport upload() throws TransportException, InterruptedException {
    return transfer.run(SshUploader::sftp);
  }
}
