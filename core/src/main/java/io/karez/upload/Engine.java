package io.karez.upload;

import io.karez.transfer.Entry;
import io.karez.transfer.Tally;
import io.karez.transfer.Unfit;
import io.karez.transport.TransportException;
import java.nio.file.Path;
import java.util.List;

/// Copies files whose directories exist, each to its name in one step.
interface Engine {

  /// How far a transfer has come, for whoever watches it.
  ///
  /// @param files that needed no copying in this attempt, because an earlier one has copied them
  /// @param bytes of these
  record Counter(Tally tally, int files, long bytes) {
    Counter after(List<Entry.File> copied) {
      return new Counter(
          tally, files + copied.size(), bytes + copied.stream().mapToLong(Entry.File::bytes).sum());
    }

    void at(long moreFiles, long moreBytes) {
      tally.at(files + moreFiles, bytes + moreBytes);
    }
  }

  /// @return what was not copied
  /// @throws TransportException when the connection broke
  List<Unfit> send(List<Entry.File> files, Path from, FarDirectory to, Counter counter)
      throws TransportException, InterruptedException;

  /// @return what was not copied
  /// @throws TransportException when the connection broke
  List<Unfit> fetch(List<Entry.File> files, FarDirectory from, Path to, Counter counter)
      throws TransportException, InterruptedException;
}
