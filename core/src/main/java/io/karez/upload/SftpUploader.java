package io.karez.upload;

import io.karez.text.ShellWords;
import io.karez.transfer.Listing;
import io.karez.transfer.Progress;
import io.karez.transfer.Selection;
import io.karez.transfer.TransferReport;
import io.karez.transfer.Unfit;
import io.karez.transfer.Uploader;
import io.karez.transport.Command;
import io.karez.transport.LocalTransport;
import io.karez.transport.SshClient;
import io.karez.transport.Starter;
import io.karez.transport.Transport;
import io.karez.transport.TransportException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Copies with `sftp` of OpenSSH: whole files, but only those that differ. For hosts without
/// `rsync`.
public final class SftpUploader implements Uploader {
  private final SshClient client;
  private final Transport far;
  private final Starter here;
  private final Perseverance perseverance;

  /// @param far runs commands on the same host
  public SftpUploader(SshClient client, Transport far) {
    this(client, far, new LocalTransport(), Perseverance.USUAL);
  }

  SftpUploader(SshClient client, Transport far, Starter here, Perseverance perseverance) {
    this.client = client;
    this.far = far;
    this.here = here;
    this.perseverance = perseverance;
  }

  @Override
  public String name() {
    return "sftp";
  }

  @Override
  public Listing at(String directory, List<String> paths) throws TransportException {
    return new FarDirectory(far, directory).at(paths);
  }

  @Override
  public Selection below(String directory, List<String> paths, List<String> apart)
      throws TransportException {
    return new FarDirectory(far, directory).below(paths, apart);
  }

  @Override
  public TransferReport send(Listing files, Path from, String to, Progress progress)
      throws TransportException, InterruptedException {
    try (TransferLock lock = TransferLock.of(client, from + "\0" + to)) {
      return perseverance.run(
          new Sending(files, from, new FarDirectory(far, to), sftp(lock), progress));
    }
  }

  @Override
  public TransferReport fetch(Listing files, String from, Path to, Progress progress)
      throws TransportException, InterruptedException {
    try (TransferLock lock = TransferLock.of(client, from + "\0" + to)) {
      return perseverance.run(
          new Fetching(files, new FarDirectory(far, from), to, sftp(lock), progress));
    }
  }

  @Override
  public List<Unfit> remove(Listing gone, String directory) throws TransportException {
    return new FarDirectory(far, directory).remove(gone);
  }

  @Override
  public List<String> shown(Path from, String to) {
    return List.of(ShellWords.quoteAll(words("BATCH")));
  }

  private Sftp sftp(TransferLock lock) {
    return new Sftp(new Tool(here), this::command, lock.drafts());
  }

  private Command command(Path batch, Path directory) {
    return Command.of(words(batch.toString())).in(directory).with(client.environment());
  }

  /// A batch sets `BatchMode`, which would keep a password from being asked for.
  private List<String> words(String batch) {
    List<String> words = new ArrayList<>(List.of("sftp"));
    words.addAll(client.options());
    words.addAll(List.of("-o", "BatchMode=no", "-b", batch, "--", SshAddress.host(client)));
    return words;
  }
}
