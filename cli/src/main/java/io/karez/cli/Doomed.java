package io.karez.cli;

import io.karez.launch.RunTrust;
import io.karez.project.Places;
import io.karez.site.FarOriginal;
import io.karez.site.FarRun;
import io.karez.store.Footprint;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunStore;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import io.karez.transport.TransportException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/// A run that is to be deleted, with its original where that lies on a site.
///
/// @param original what is deleted on its site; empty when nothing is
/// @param lines what goes, one for each place
record Doomed(RunDirectory run, Optional<FarOriginal> original, List<String> lines) {

  /// @param here whether the original of a copy is left alone
  /// @throws TransportException when the site does not tell what lies there
  /// @throws InvalidInputException when it is not to be deleted like that
  static Doomed of(RunDirectory run, Inspection inspection, boolean here)
      throws TransportException {
    Optional<RunDocument> document = document(run, here);
    Optional<RunDocument> copied = document.filter(known -> FarRun.isCopy(run, known));
    if (here && document.isPresent() && copied.isEmpty()) {
      throw new InvalidInputException(
          Problem.of("run %s lies on no site".formatted(run.id()))
              .hint("`--here` is for copies of runs on sites: leave it out"));
    }
    String line = line("run " + run.id(), Places.shown(run.path()), Footprint.of(run.path()));
    if (here || copied.isEmpty()) {
      return new Doomed(
          run,
          Optional.empty(),
          List.of(
              copied
                  .map(known -> line + "; `%s` keeps its own".formatted(site(known)))
                  .orElse(line)));
    }
    requireTrust(inspection, run, copied.get());
    FarOriginal original =
        FarOriginal.of(run, copied.get(), inspection.reach().to(run, copied.get()).transport());
    Optional<Footprint> there = original.find();
    if (there.isPresent()) {
      // What is known of its jobs has to be what the site knows.
      inspection.reach().to(run, copied.get()).look();
    }
    String site = site(copied.get());
    return new Doomed(
        run,
        Optional.of(original),
        there
            .map(found ->
                List.of(
                    line,
                    line(
                        "run %s on `%s`".formatted(run.id(), site),
                        original.path().toString(),
                        found)))
            .orElseGet(() -> List.of(line + "; it is not on `%s` any more".formatted(site))));
  }

  /// First there: what is left here still knows where that was.
  void delete(RunStore store) throws TransportException {
    if (original.isPresent()) {
      original.get().delete();
    }
    store.delete(run);
  }

  /// Empty when it cannot be read, and is no copy as far as that can be told.
  private static Optional<RunDocument> document(RunDirectory run, boolean here) {
    try {
      return Optional.of(RunDocument.read(run));
    } catch (InvalidInputException | UncheckedIOException e) {
      if (FarRun.isKnownCopy(run) && !here) {
        throw new InvalidInputException(
            Problem.of(
                    "run %s cannot be read, so nobody can tell where on its site it lies: %s"
                        .formatted(run.id(), e.getMessage()))
                .hint("`karez delete --here %s` deletes the copy alone".formatted(run.id())));
      }
      return Optional.empty();
    }
  }

  /// What its files name is deleted elsewhere.
  private static void requireTrust(Inspection inspection, RunDirectory run, RunDocument document) {
    try {
      RunTrust.requireToSignal(inspection.reach().project(), run, document);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look at `" + run.path() + "`", e);
    }
  }

  private static String site(RunDocument document) {
    return document.site().orElseThrow().site();
  }

  private static String line(String run, String place, Footprint footprint) {
    return "%s: %s, %s, %s"
        .formatted(
            run,
            Printable.onLine(place),
            Quantities.count(footprint.files(), "file"),
            Quantities.bytes(footprint.bytes()));
  }
}
