package io.karez.upload;

import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import io.karez.text.ShellWords;
import io.karez.transfer.Listing;
import io.karez.transfer.Progress;
import io.karez.transfer.Selection;
import io.karez.transfer.TransferReport;
import io.karez.transfer.Unfit;
import io.karez.transfer.Uploader;
import io.karez.transport.SshClient;
import io.karez.transport.TransportException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.file.Path;
import java.util.List;

/// Copies to and from a host that the user's own `ssh` reaches. What is there is looked at through
/// SFTP, so that no login shell takes part in that; files go by `rsync`, or through SFTP too.
///
/// The connection is made when it is first needed, and ends when the client is closed.
public final class SshUploader implements Uploader {
  private final SshClient client;
  private final SftpLink link;
  private final Perseverance perseverance;
  private final RsyncCommand rsync;
  private Means means;

  /// What copies the files.
  enum Means {
    RSYNC,
    RSYNC_OR_SFTP,
    SFTP
  }

  SshUploader(SshClient client, SftpLink link, Perseverance perseverance, Means means) {
    this.client = client;
    this.link = link;
    this.perseverance = perseverance;
    this.rsync = new RsyncCommand(client);
    this.means = means;
  }

  private SshUploader(SshClient client, Means means) {
    this(client, SftpLink.over(client), Perseverance.USUAL, means);
  }

  /// Copies with `rsync`, which both ends must have: only what differs within a file travels, and
  /// compressed. Here it has to be 3.1 or newer (see {@link RsyncCommand#isOn}).
  public static SshUploader rsync(SshClient client) {
    return new SshUploader(client, Means.RSYNC);
  }

  /// Copies with `rsync`, and through SFTP where the host turns out to have none.
  public static SshUploader rsyncOrSftp(SshClient client) {
    return new SshUploader(client, Means.RSYNC_OR_SFTP);
  }

  /// Copies through SFTP: whole files, but only those that differ.
  public static SshUploader sftp(SshClient client) {
    return new SshUploader(client, Means.SFTP);
  }

  @Override
  public String name() {
    return means == Means.SFTP ? "sftp" : "rsync";
  }

  @Override
  public void connect() {
    link.begin();
  }

  @Override
  public Listing at(String directory, List<String> paths) throws TransportException {
    return understood(() -> new FarDirectory(link, directory).at(paths));
  }

  @Override
  public Selection below(String directory, List<String> paths, List<String> apart)
      throws TransportException {
    return understood(() -> new FarDirectory(link, directory).below(paths, apart));
  }

  @Override
  public TransferReport send(Listing files, Path from, String to, Progress progress)
      throws TransportException, InterruptedException {
    FarDirectory target = new FarDirectory(link, to);
    return copy(
        from + "\0" + to, progress, engine -> new Sending(files, from, target, engine, progress));
  }

  @Override
  public TransferReport fetch(Listing files, String from, Path to, Progress progress)
      throws TransportException, InterruptedException {
    FarDirectory source = new FarDirectory(link, from);
    return copy(
        from + "\0" + to, progress, engine -> new Fetching(files, source, to, engine, progress));
  }

  private interface Exchange<R, E extends Exception> {
    R run() throws TransportException, E;
  }

  /// @throws UncheckedIOException when the server's answers mean nothing
  private <R, E extends Exception> R understood(Exchange<R, E> exchange)
      throws TransportException, E {
    try {
      return exchange.run();
    } catch (BufferUnderflowException e) {
      throw new UncheckedIOException(
          new IOException(
              "the SFTP server of `%s` gives answers that mean nothing".formatted(client.host()),
              e));
    }
  }

  private interface Transfer {
    Perseverance.Attempt<TransferReport> by(Engine engine);
  }

  /// @param way between which places
  private TransferReport copy(String way, Progress progress, Transfer transfer)
      throws TransportException, InterruptedException {
    try (TransferLock lock = TransferLock.of(client, way, progress)) {
      if (means != Means.SFTP) {
        try {
          Rsync engine = new Rsync(rsync);
          return understood(() -> perseverance.run(transfer.by(engine)));
        } catch (Rsync.MissingException e) {
          if (means == Means.RSYNC) {
            throw new InvalidInputException(
                Problem.of("there is no `rsync` on `%s`".formatted(client.host()))
                    .hint("`--uploader sftp` needs none there"));
          }
          means = Means.SFTP;
        }
      }
      Sftp engine = new Sftp(link, lock.drafts());
      return understood(() -> perseverance.run(transfer.by(engine)));
    }
  }

  @Override
  public List<Unfit> remove(Listing gone, String directory) throws TransportException {
    return understood(() -> new FarDirectory(link, directory).remove(gone));
  }

  @Override
  public List<String> shown(Path from, String to) {
    return means == Means.SFTP
        ? List.of()
        : List.of(ShellWords.quoteAll(rsync.words("LIST", RsyncCommand.near(from), rsync.far(to))));
  }
}
