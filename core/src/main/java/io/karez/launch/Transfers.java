package io.karez.launch;

import io.karez.define.Site;
import io.karez.project.Project;
import io.karez.site.Reach;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import io.karez.text.Problems;
import io.karez.transfer.DirectoryWalk;
import io.karez.transfer.IgnoreRules;
import io.karez.transfer.Listing;
import io.karez.transfer.Progress;
import io.karez.transfer.Selection;
import io.karez.transfer.TransferReport;
import io.karez.transfer.Unfit;
import io.karez.transfer.Uploader;
import io.karez.transport.SshClient;
import io.karez.transport.TransportException;
import io.karez.upload.CopyUploader;
import io.karez.upload.RsyncCommand;
import io.karez.upload.SshUploader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/// A project, one site of it, and the way between them.
///
/// @param directory of the project on the site
public record Transfers(
    Project project, Site site, String directory, Uploader uploader, InstantSource clock) {

  /// @param asked the uploader that the user wants
  public static Transfers to(Reach reach, String name, Optional<String> asked)
      throws TransportException {
    Project project = reach.project();
    Site site = reach.site(name);
    project.trust().require();
    String directory =
        site.directory()
            .orElseThrow(() ->
                new InvalidInputException(
                    Problem.of("the site `%s` has no `directory`".formatted(name))
                        .hint(
                            "say where the project is to lie there: `sites: {%s: {directory:"
                                    .formatted(name)
                                + " /scratch/me/my-project}}`")));
    if (directory.indexOf('\n') >= 0) {
      throw new InvalidInputException(
          Problem.of("the directory of the site `%s` has a newline in its name".formatted(name)));
    }
    String wanted = asked.or(site::uploader).orElse("");
    Uploader uploader = site.host().isEmpty() ? here(wanted, site) : there(reach, wanted, site);
    return new Transfers(project, site, directory, uploader, reach.clock());
  }

  private static Uploader here(String wanted, Site site) {
    if (!wanted.isEmpty() && !wanted.equals("copy")) {
      throw new InvalidInputException(
          Problem.of("`%s` needs a host, and the site `%s` has none".formatted(wanted, site.name()))
              .hint("what lies on this machine is copied: leave the uploader out"));
    }
    return new CopyUploader(Path.of(System.getProperty("user.home")));
  }

  private static Uploader there(Reach reach, String wanted, Site site) throws TransportException {
    SshClient client = reach.connections().client(site);
    client.prepare();
    if (wanted.equals("sftp")) {
      return SshUploader.sftp(client);
    }
    if (wanted.equals("copy")) {
      throw new InvalidInputException(
          Problem.of(
                  "`copy` is for sites on this machine, and `%s` has a host".formatted(site.name()))
              .hint("use `rsync` or `sftp`"));
    }
    if (RsyncCommand.isOn(reach.here())) {
      return wanted.equals("rsync") ? SshUploader.rsync(client) : SshUploader.rsyncOrSftp(client);
    }
    if (wanted.equals("rsync")) {
      throw new InvalidInputException(
          Problem.of("there is no `rsync` 3.1 or newer on this machine")
              .hint("`--uploader sftp` needs none"));
    }
    return SshUploader.sftp(client);
  }

  /// What of a project goes to a site that shares no files with this machine.
  static Selection code(Project project) {
    Path results = project.results();
    return DirectoryWalk.of(
        project.root(),
        List.of(),
        path -> project.root().resolve(path).equals(results),
        IgnoreRules.NONE);
  }

  /// What went over.
  ///
  /// @param leftOut what no site could hold
  public record Sent(TransferReport report, List<Unfit> leftOut) {}

  /// Sends the whole project, as far as it is not there.
  public Sent sendAll(Progress progress) throws TransportException, InterruptedException {
    uploader.connect();
    Selection selected = DirectoryWalk.of(project.root(), List.of(), apart(), IgnoreRules.NONE);
    return new Sent(send(selected.listing(), true, progress), selected.leftOut());
  }

  /// Sends files of the project, as far as they are not there, and keeps in mind when that was.
  ///
  /// @param all whether these are all that there are
  public TransferReport send(Listing files, boolean all, Progress progress)
      throws TransportException, InterruptedException {
    AtomicBoolean begun = new AtomicBoolean();
    boolean known = false;
    try {
      TransferReport report =
          uploader.send(files, project.root(), directory, new Begun(progress, begun));
      boolean whole = all && report.failed().isEmpty();
      if (whole || report.files() > 0) {
        sent(report.files() > 0, whole ? Optional.of(files) : Optional.empty());
      }
      known = true;
      return report;
    } finally {
      if (!known && begun.get()) {
        // Some of it may be there.
        sent(true, Optional.empty());
      }
    }
  }

  /// Notes that copying has begun.
  private record Begun(Progress heard, AtomicBoolean begun) implements Progress {
    @Override
    public void at(Step step) {
      begun.set(true);
      heard.at(step);
    }

    @Override
    public void waits() {
      heard.waits();
    }
  }

  /// Removes files of the project there, and keeps in mind when that was.
  ///
  /// @return what could not be removed
  public List<Unfit> remove(Listing gone) throws TransportException {
    List<Unfit> failed = uploader.remove(gone, directory);
    SentCode code = new SentCode(project.results(), site.name());
    // What is here is there as before.
    Optional<String> state = code.last().flatMap(SentCode.Sending::state);
    code.add(new SentCode.Sending(clock.instant(), true, state));
    return failed;
  }

  private void sent(boolean changed, Optional<Listing> all) {
    new SentCode(project.results(), site.name())
        .add(new SentCode.Sending(clock.instant(), changed, all.map(SentCode::state)));
  }

  /// Whether the code here is not that which was sent to a site last, as far as can be told without
  /// asking it; empty when only parts were, or nobody noted it.
  public static Optional<Boolean> differs(Project project, String site) {
    return new SentCode(project.results(), site)
        .last()
        .flatMap(SentCode.Sending::state)
        .map(state -> !state.equals(SentCode.state(code(project).listing())));
  }

  /// Results stay where they are, and a site that lies in the project is no part of it.
  public Predicate<String> apart() {
    Optional<Path> there = place();
    return path -> isResult(path) || there.filter(project.root().resolve(path)::equals).isPresent();
  }

  /// Where the site's directory lies on this machine, without links as far as it is there; empty
  /// for a site that has a host.
  public Optional<Path> place() {
    if (!(uploader instanceof CopyUploader copy)) {
      return Optional.empty();
    }
    Path place = copy.path(directory);
    try {
      return Optional.of(Files.exists(place) ? place.toRealPath() : place);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look at `" + place + "`", e);
    }
  }

  /// Where results lie, below the project; empty when they lie elsewhere.
  public Optional<String> results() {
    return below(project.results()).filter(path -> !path.isEmpty());
  }

  /// Whether something lies among the results, or is their directory.
  public boolean isResult(String path) {
    return results()
        .filter(results -> path.equals(results) || path.startsWith(results + "/"))
        .isPresent();
  }

  /// What the user has typed, as paths below the project; all of the project is no path at all.
  ///
  /// @throws InvalidInputException when something lies outside of it
  public List<String> paths(List<String> words) {
    Problems problems = new Problems();
    List<String> paths = new ArrayList<>();
    for (String word : words) {
      Optional<String> path = problems.attempt(() -> path(word));
      path.ifPresent(paths::add);
    }
    problems.throwIfAny();
    return paths.contains("") ? List.of() : paths.stream().distinct().toList();
  }

  private String path(String word) {
    Path typed = Path.of("").toAbsolutePath().resolve(word).normalize();
    return below(typed)
        .orElseThrow(() ->
            new InvalidInputException(
                Problem.of("`%s` lies outside of the project `%s`".formatted(word, project.root()))
                    .hint("files keep their place in the project, here and there")));
  }

  private Optional<String> below(Path place) {
    return place.startsWith(project.root())
        ? Optional.of(project.root().relativize(place).toString())
        : Optional.empty();
  }
}
