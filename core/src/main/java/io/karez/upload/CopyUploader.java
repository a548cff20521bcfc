package io.karez.upload;

import io.karez.transfer.DirectoryWalk;
import io.karez.transfer.Entry;
import io.karez.transfer.Listing;
import io.karez.transfer.Plan;
import io.karez.transfer.Progress;
import io.karez.transfer.Selection;
import io.karez.transfer.Tally;
import io.karez.transfer.TransferReport;
import io.karez.transfer.Unfit;
import io.karez.transfer.Uploader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Copies to another directory of this machine, where a site is one.
///
/// @param home what `~/` is
public record CopyUploader(Path home) implements Uploader {
  private static final int PIECE = 1 << 20;

  @Override
  public String name() {
    return "copy";
  }

  @Override
  public Listing at(String directory, List<String> paths) {
    return DirectoryWalk.at(path(directory), paths);
  }

  @Override
  public Selection below(String directory, List<String> paths, List<String> apart) {
    Path root = path(directory);
    return Files.isDirectory(root)
        ? DirectoryWalk.plain(root, paths, apart::contains)
        : Selection.EMPTY;
  }

  @Override
  public TransferReport send(Listing files, Path from, String to, Progress progress)
      throws InterruptedException {
    Path target = path(to);
    return copy(Plan.of(files, DirectoryWalk.at(target, files.paths())), from, target, progress);
  }

  @Override
  public TransferReport fetch(Listing files, String from, Path to, Progress progress)
      throws InterruptedException {
    return copy(Plan.into(to, files), path(from), to, progress);
  }

  @Override
  public List<Unfit> remove(Listing gone, String directory) {
    return new NearDirectory(path(directory)).remove(gone.entries());
  }

  @Override
  public List<String> shown(Path from, String to) {
    return List.of();
  }

  /// Where the directory of a site lies: absolute, from the home where its name is not.
  public Path path(String directory) {
    Path path =
        directory.equals("~")
            ? home
            : home.resolve(directory.startsWith("~/") ? directory.substring(2) : directory);
    return path.toAbsolutePath().normalize();
  }

  private static TransferReport copy(Plan plan, Path from, Path to, Progress progress)
      throws InterruptedException {
    Tally tally = new Tally(InstantSource.system(), progress);
    tally.expect(plan.files().size(), plan.bytes());
    NearDirectory target = new NearDirectory(to);
    List<Unfit> failed = new ArrayList<>(plan.blocked());
    failed.addAll(target.make(plan.directories()));
    Drafts drafts = Drafts.of(from.toString());
    int copied = 0;
    long bytes = 0;
    long seen = 0;
    try {
      for (Entry.File file : plan.files()) {
        tally.at(copied, seen);
        Optional<Unfit> trouble = one(file, from, target, drafts, tally, copied, seen);
        trouble.ifPresent(failed::add);
        copied += trouble.isEmpty() ? 1 : 0;
        bytes += trouble.isEmpty() ? file.bytes() : 0;
        seen += file.bytes();
      }
      tally.at(copied, seen);
    } finally {
      target.tidy(drafts, plan.files());
    }
    failed.addAll(target.link(plan.links()));
    failed.addAll(target.permit(plan.modes()));
    return new TransferReport(copied, bytes, plan.same(), failed, 0);
  }

  /// @return why the file was not copied, if it was not
  private static Optional<Unfit> one(
      Entry.File file,
      Path from,
      NearDirectory target,
      Drafts drafts,
      Tally tally,
      int copied,
      long seen)
      throws InterruptedException {
    Path draft = target.root().resolve(drafts.of(file));
    try {
      Files.createDirectories(draft.resolveSibling("."));
      Files.deleteIfExists(draft);
      try (FileChannel in = FileChannel.open(from.resolve(file.path()));
          FileChannel out =
              FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
        long at = 0;
        while (in.read(piece) >= 0) {
          at += piece.flip().remaining();
          while (piece.hasRemaining()) {
            out.write(piece);
          }
          piece.clear();
          tally.at(copied, seen + Math.min(at, file.bytes()));
          if (Thread.interrupted()) {
            throw new InterruptedException();
          }
        }
      }
      return Changes.isAsListed(from, file) && Files.size(draft) == file.bytes()
          ? target.publish(draft, file)
          : Optional.of(Changes.changed(file));
    } catch (java.nio.channels.ClosedByInterruptException e) {
      throw new InterruptedException();
    } catch (IOException e) {
      return Optional.of(new Unfit(file.path(), NearDirectory.sentence(e)));
    }
  }
}
