package io.karez.inspect;

import io.karez.define.ExperimentName;
import io.karez.define.JobState;
import io.karez.define.SitePlace;
import io.karez.store.Progress;
import io.karez.store.RunDirectory;
import io.karez.store.RunDocument;
import io.karez.store.RunHistory;
import io.karez.store.RunSummary;
import io.karez.text.ShellWords;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A run as it stands.
///
/// @param started when its first job started; empty while none has
/// @param ended when its last job ended; empty while some job has not
public record RunView(
    RunDirectory directory,
    RunDocument document,
    RunHistory history,
    Counts counts,
    Optional<Instant> started,
    Optional<Instant> ended) {

  public JobState state() {
    return counts.state();
  }

  public boolean settled() {
    return counts.settled() == counts.jobs();
  }

  public List<String> tags() {
    return history.tags().orElse(document.tags());
  }

  public String description() {
    return history.description().orElse(document.description());
  }

  /// The description; a command that is not registered is told from others by its words when it has
  /// none.
  private String title() {
    int dashes = document.request().indexOf("--");
    boolean unnamed = document.experiment().equals(ExperimentName.UNREGISTERED) && dashes >= 0;
    return description().isEmpty() && unnamed
        ? ShellWords.quoteAll(document.request().subList(dashes + 1, document.request().size()))
        : description();
  }

  private Optional<Progress> progress() {
    return settled() && history.settled().isPresent()
        ? history.settled().get().progress()
        : Progress.of(directory, document, history.jobs(document));
  }

  public RunSummary summary() {
    return new RunSummary(
        directory,
        document.experiment(),
        title(),
        document.runner(),
        document.site().map(SitePlace::site).orElse(""),
        tags(),
        state(),
        counts.byState(),
        settled(),
        document.created(),
        started,
        ended,
        progress());
  }
}
