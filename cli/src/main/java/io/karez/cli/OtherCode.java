package io.karez.cli;

import io.karez.expand.ParameterSet;
import io.karez.git.SourceTree;
import io.karez.inspect.Successes.Elsewhere;
import io.karez.render.RunRequest;
import io.karez.store.SubmissionCode;
import io.karez.transport.TransportException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is missing with this code and has succeeded with another: why nothing seems to count.
record OtherCode(SourceTree tree, RunRequest request, Optional<String> difference) {
  /// So many files are named.
  private static final int NAMED = 3;

  /// About the run that has most of it, the newest of them.
  ///
  /// @param missing what has not succeeded with this code
  /// @return empty when nothing of it has succeeded at all
  Optional<String> line(Iterable<ParameterSet> missing, Map<Elsewhere, List<List<String>>> others)
      throws TransportException {
    Set<List<String>> wanted = new HashSet<>();
    if (!others.isEmpty()) {
      missing.forEach(set -> wanted.add(set.args()));
    }
    int most = 0;
    Optional<Elsewhere> best = Optional.empty();
    for (Map.Entry<Elsewhere, List<List<String>>> other : others.entrySet()) {
      int count = (int) other.getValue().stream().distinct().filter(wanted::contains).count();
      if (count > 0 && count >= most) {
        most = count;
        best = Optional.of(other.getKey());
      }
    }
    if (best.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "run %s has %d of them with other code: %s%s"
            .formatted(
                best.get().run(), most, Sentences.code(best.get().code()), files(best.get())));
  }

  private String files(Elsewhere other) throws TransportException {
    Optional<String> then = other.code().commit();
    Optional<String> now = request.commit();
    if (then.isEmpty() || now.isEmpty()) {
      return "";
    }
    String before = other.code().dirty() ? SubmissionCode.difference(other.patch()).orElse("") : "";
    return tree.differingFiles(then.get(), before, now.get(), difference.orElse(""))
        .map(OtherCode::named)
        .orElse("");
  }

  /// ` (3 files differ: grid.yaml, train.py, ...)`.
  private static String named(List<String> files) {
    if (files.isEmpty()) {
      return " (with the same files)";
    }
    String names =
        Printable.onLine(String.join(", ", files.subList(0, Math.min(NAMED, files.size()))));
    return " (%s: %s%s)"
        .formatted(
            files.size() == 1 ? "1 file differs" : files.size() + " files differ",
            names,
            files.size() > NAMED ? ", ..." : "");
  }
}
