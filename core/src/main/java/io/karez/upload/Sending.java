package io.karez.upload;

import io.karez.transfer.Entry;
import io.karez.transfer.Listing;
import io.karez.transfer.Plan;
import io.karez.transfer.Progress;
import io.karez.transfer.Tally;
import io.karez.transfer.TransferReport;
import io.karez.transfer.Unfit;
import io.karez.transport.TransportException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One transfer to a site, in as many attempts as it takes.
final class Sending implements Perseverance.Attempt<TransferReport> {
  private final Listing files;
  private final Path from;
  private final FarDirectory to;
  private final Engine engine;
  private final Arrivals arrivals;
  private @Nullable Plan first;

  Sending(Listing files, Path from, FarDirectory to, Engine engine, Progress progress) {
    this.files = files;
    this.from = from;
    this.to = to;
    this.engine = engine;
    this.arrivals = new Arrivals(progress);
  }

  @Override
  public long arrived() {
    return arrivals.bytes();
  }

  @Override
  public TransferReport run(int interruptions) throws TransportException, InterruptedException {
    Plan plan = Plan.of(files, to.at(files.paths()));
    Plan whole = first == null ? plan : first;
    first = whole;
    Map<String, Unfit> failed = new LinkedHashMap<>();
    plan.blocked().forEach(unfit -> failed.put(unfit.path(), unfit));
    if (!plan.isDone() || files.entries().isEmpty()) {
      copy(plan, arrivals.counter(whole, plan), failed);
    }
    return report(whole, failed, interruptions);
  }

  private void copy(Plan plan, Engine.Counter counter, Map<String, Unfit> failed)
      throws TransportException, InterruptedException {
    List<Unfit> left = to.make(plan.directories());
    Engine.Counter now = counter;
    for (Part part : Part.of(without(plan.files(), left), plan.through())) {
      FarDirectory target = to.below(part.directory());
      left.addAll(
          part.whole(engine.send(part.files(), from.resolve(part.directory()), target, now)));
      now = now.after(part.files());
    }
    // a link leads elsewhere, so it comes after whatever could be written through it
    left.addAll(to.link(plan.links()));
    left.addAll(to.permit(plan.modes()));
    left.forEach(unfit -> failed.putIfAbsent(unfit.path(), unfit));
  }

  /// Those that lie in none of these directories.
  private static List<Entry.File> without(List<Entry.File> files, List<Unfit> directories) {
    return files.stream()
        .filter(file ->
            directories.stream().noneMatch(gone -> file.path().startsWith(gone.path() + "/")))
        .toList();
  }

  static TransferReport report(Plan whole, Map<String, Unfit> failed, int interruptions) {
    Set<String> bad = new HashSet<>(failed.keySet());
    List<Entry.File> copied =
        whole.files().stream().filter(file -> !bad.contains(file.path())).toList();
    return new TransferReport(
        copied.size(),
        copied.stream().mapToLong(Entry.File::bytes).sum(),
        whole.same(),
        List.copyOf(failed.values()),
        interruptions);
  }

  /// What has arrived in all attempts.
  static final class Arrivals {
    private final Tally tally;

    Arrivals(Progress progress) {
      this.tally = new Tally(InstantSource.system(), progress);
    }

    long bytes() {
      return tally.most();
    }

    /// @param whole what the first attempt had to do
    /// @param left what this one has to
    Engine.Counter counter(Plan whole, Plan left) {
      tally.expect(whole.files().size(), whole.bytes());
      return new Engine.Counter(
          tally,
          Math.max(0, whole.files().size() - left.files().size()),
          Math.max(0, whole.bytes() - left.bytes()));
    }
  }
}
