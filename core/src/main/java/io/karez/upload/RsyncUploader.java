package io.karez.upload;

import io.karez.text.ShellWords;
import io.karez.transfer.DirectoryWalk;
import io.karez.transfer.Listing;
import io.karez.transfer.Progress;
import io.karez.transfer.Selection;
import io.karez.transfer.TransferReport;
import io.karez.transfer.Unfit;
import io.karez.transfer.Uploader;
import io.karez.transport.Command;
import io.karez.transport.Completed;
import io.karez.transport.LocalTransport;
import io.karez.transport.SshClient;
import io.karez.transport.Starter;
import io.karez.transport.Transport;
import io.karez.transport.TransportException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Copies with `rsync` 3.1 or newer on both ends: only what differs within a file travels, and
/// compressed.
public final class RsyncUploader implements Uploader {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /// That of 3.1.0, which was the first to tell how far a whole transfer has come.
  private static final int OLDEST_PROTOCOL = 31;

  private static final Pattern PROTOCOL = Pattern.compile("^rsync .*protocol version (\\d+)");

  private final SshClient client;
  private final Transport far;
  private final Starter here;
  private final Perseverance perseverance;

  /// @param far runs commands on the same host
  public RsyncUploader(SshClient client, Transport far) {
    this(client, far, new LocalTransport(), Perseverance.USUAL);
  }

  RsyncUploader(SshClient client, Transport far, Starter here, Perseverance perseverance) {
    this.client = client;
    this.far = far;
    this.here = here;
    this.perseverance = perseverance;
  }

  /// Whether there is an `rsync` that is new enough, where these commands run.
  public static boolean isOn(Transport place) throws TransportException {
    Completed said =
        place.run(
            Command.of("sh", "-c", "command -v rsync >/dev/null && exec rsync --version").asking(),
            LIMIT);
    Matcher version = PROTOCOL.matcher(said.text());
    return version.find() && Integer.parseInt(version.group(1)) >= OLDEST_PROTOCOL;
  }

  @Override
  public String name() {
    return "rsync";
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
    Rsync rsync = new Rsync(new Tool(here), this::command);
    return perseverance.run(new Sending(files, from, new FarDirectory(far, to), rsync, progress));
  }

  @Override
  public TransferReport fetch(Listing files, String from, Path to, Progress progress)
      throws TransportException, InterruptedException {
    Rsync rsync = new Rsync(new Tool(here), this::command);
    return perseverance.run(new Fetching(files, new FarDirectory(far, from), to, rsync, progress));
  }

  @Override
  public List<Unfit> remove(Listing gone, String directory) throws TransportException {
    return new FarDirectory(far, directory).remove(gone);
  }

  @Override
  public List<String> shown(Path from, String to) {
    return List.of(
        ShellWords.quoteAll(words("LIST", from + "/", SshAddress.host(client) + ":" + to + "/")));
  }

  private Command command(Path list, Rsync.End from, Rsync.End to) {
    return Command.of(words(list.toString(), place(from), place(to))).with(client.environment());
  }

  private String place(Rsync.End end) {
    return switch (end) {
      case Rsync.End.Near(Path directory) -> directory + "/";
      case Rsync.End.Far(String directory) -> SshAddress.host(client) + ":" + directory + "/";
    };
  }

  /// Directories are none of its business: what is a directory there stays as it is, with the group
  /// and the permissions that a site gives its files.
  ///
  /// - `--secluded-args`: names reach the other side as they are
  /// - `--partial-dir`: what has arrived of a file is kept beside it, under another name
  private List<String> words(String list, String from, String to) {
    return new ArrayList<>(
        List.of(
            "rsync",
            "-lptz",
            "-s",
            "--no-implied-dirs",
            "--partial-dir=" + DirectoryWalk.UNFINISHED,
            "--info=progress2",
            "--no-human-readable",
            "--files-from=" + list,
            "--from0",
            "-e",
            SshAddress.shell(client),
            "--",
            from,
            to));
  }
}
