package io.karez.upload;

import io.karez.transfer.Listing;
import io.karez.transfer.Plan;
import io.karez.transfer.Progress;
import io.karez.transfer.TransferReport;
import io.karez.transfer.Unfit;
import io.karez.transport.TransportException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One transfer from a site, in as many attempts as it takes.
final class Fetching implements Perseverance.Attempt<TransferReport> {
  private final Listing files;
  private final FarDirectory from;
  private final Path to;
  private final Engine engine;
  private final Sending.Arrivals arrivals;
  private @Nullable Plan first;

  Fetching(Listing files, FarDirectory from, Path to, Engine engine, Progress progress) {
    this.files = files;
    this.from = from;
    this.to = to;
    this.engine = engine;
    this.arrivals = new Sending.Arrivals(progress);
  }

  @Override
  public long arrived() {
    return arrivals.bytes();
  }

  @Override
  public TransferReport run(int interruptions) throws TransportException, InterruptedException {
    Plan plan = Plan.into(to, files);
    Plan whole = first == null ? plan : first;
    first = whole;
    NearDirectory target = new NearDirectory(to);
    List<Unfit> failed = new ArrayList<>(plan.blocked());
    failed.addAll(target.make(plan.directories()));
    if (!plan.files().isEmpty()) {
      failed.addAll(copy(plan, arrivals.counter(whole, plan)));
    }
    // a link leads elsewhere, so it comes after whatever could be written through it
    failed.addAll(target.link(plan.links()));
    failed.addAll(target.permit(plan.modes()));
    Map<String, Unfit> byPath = new LinkedHashMap<>();
    failed.forEach(unfit -> byPath.putIfAbsent(unfit.path(), unfit));
    return Sending.report(whole, byPath, interruptions);
  }

  private List<Unfit> copy(Plan plan, Engine.Counter counter)
      throws TransportException, InterruptedException {
    List<Unfit> failed = new ArrayList<>();
    Engine.Counter now = counter;
    for (Part part : Part.of(plan.files(), plan.through())) {
      Path target = to.resolve(part.directory());
      failed.addAll(
          part.whole(engine.fetch(part.files(), from.below(part.directory()), target, now)));
      now = now.after(part.files());
    }
    return failed;
  }
}
