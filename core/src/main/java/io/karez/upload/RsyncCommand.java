package io.karez.upload;

import io.karez.transfer.DirectoryWalk;
import io.karez.transport.Command;
import io.karez.transport.Completed;
import io.karez.transport.SshClient;
import io.karez.transport.Transport;
import io.karez.transport.TransportException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The command line of `rsync` that copies the files of a list.
///
/// @param client reaches the other side
public record RsyncCommand(SshClient client) {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /// That of 3.1.0, which was the first to tell how far a whole transfer has come.
  private static final int OLDEST_PROTOCOL = 31;

  private static final Pattern PROTOCOL = Pattern.compile("^rsync .*protocol version (\\d+)");

  /// Whether there is an `rsync` that is new enough, where these commands run.
  public static boolean isOn(Transport place) throws TransportException {
    Completed said =
        place.run(
            Command.of("sh", "-c", "command -v rsync >/dev/null && exec rsync --version").asking(),
            LIMIT);
    Matcher version = PROTOCOL.matcher(said.text());
    return version.find() && Integer.parseInt(version.group(1)) >= OLDEST_PROTOCOL;
  }

  /// A directory of this machine; a colon in a relative one would make it a host.
  static String near(Path directory) {
    return directory.toAbsolutePath() + "/";
  }

  /// A directory of the other side.
  String far(String directory) {
    return SshAddress.host(client) + ":" + directory + "/";
  }

  /// @param list a file of names, each ended by NUL; `-` for standard input
  Command of(String list, String from, String to) {
    return Command.of(words(list, from, to)).with(client.environment());
  }

  /// Directories are none of its business: what is a directory there stays as it is, with the group
  /// and the permissions that a site gives its files.
  ///
  /// - `--secluded-args`: names reach the other side as they are
  /// - `--partial-dir`: what has arrived of a file is kept beside it, under another name
  List<String> words(String list, String from, String to) {
    return List.of(
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
        to);
  }
}
