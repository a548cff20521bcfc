package io.karez.upload;

import io.karez.transfer.Entry;
import io.karez.transfer.Unfit;
import io.karez.transport.TransportException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/// Copies through SFTP: each file to a draft beside its place first; what of a large one an earlier
/// attempt has left is gone on with.
record Sftp(SftpLink link, Drafts drafts) implements Engine {
  /// Files that are on their way at once. Each of them waits for an answer three times, and a
  /// server has so many open.
  private static final int BESIDE = 64;

  /// To read a file occupies one of the few threads that carry virtual ones, which then start
  /// others.
  private static final ThreadFactory THREADS = Thread.ofPlatform().daemon().factory();

  @Override
  public List<Unfit> send(List<Entry.File> files, Path from, FarDirectory to, Counter counter)
      throws TransportException, InterruptedException {
    SftpSession session = link.session();
    FarDrafts places = FarDrafts.make(session, to, drafts, files);
    SftpSending sending = new SftpSending(session, from, to, places, new Count(counter));
    List<Unfit> failed = all(session, files, sending::copy);
    places.tidy();
    return failed;
  }

  @Override
  public List<Unfit> fetch(List<Entry.File> files, FarDirectory from, Path to, Counter counter)
      throws TransportException, InterruptedException {
    SftpSession session = link.session();
    NearDirectory target = new NearDirectory(to);
    SftpFetching fetching = new SftpFetching(session, from, target, drafts, new Count(counter));
    List<Unfit> failed = all(session, files, fetching::copy);
    target.tidy(drafts, files);
    return failed;
  }

  /// How far all files together have come.
  static final class Count {
    private final Counter counter;
    private long files;
    private long bytes;

    Count(Counter counter) {
      this.counter = counter;
    }

    synchronized void add(long moreFiles, long moreBytes) {
      files += moreFiles;
      bytes += moreBytes;
      counter.at(files, bytes);
    }
  }

  private interface Copy {
    /// @return why the file was not copied, if it was not
    Optional<Unfit> of(Entry.File file) throws TransportException;
  }

  private static List<Unfit> all(SftpSession session, List<Entry.File> files, Copy copy)
      throws TransportException, InterruptedException {
    AtomicInteger next = new AtomicInteger();
    Callable<List<Unfit>> some =
        () -> {
          List<Unfit> failed = new ArrayList<>();
          for (int i = next.getAndIncrement(); i < files.size(); i = next.getAndIncrement()) {
            copy.of(files.get(i)).ifPresent(failed::add);
          }
          return failed;
        };
    List<Unfit> failed = new ArrayList<>();
    try (ExecutorService threads = Executors.newThreadPerTaskExecutor(THREADS)) {
      List<Future<List<Unfit>>> parts = new ArrayList<>();
      for (int i = 0; i < Math.min(BESIDE, files.size()); i++) {
        parts.add(threads.submit(some));
      }
      boolean done = false;
      try {
        for (Future<List<Unfit>> part : parts) {
          failed.addAll(part.get());
        }
        done = true;
      } catch (ExecutionException e) {
        if (e.getCause() instanceof TransportException broken) {
          throw broken;
        }
        if (e.getCause() instanceof RuntimeException trouble) {
          throw trouble;
        }
        throw new IllegalStateException(e.getCause());
      } finally {
        if (!done) {
          // what waits for an answer ends
          session.close();
        }
      }
    }
    return failed;
  }
}
