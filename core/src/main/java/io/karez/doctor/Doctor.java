package io.karez.doctor;

import io.karez.define.Finding;
import io.karez.doctor.Tools.Tool;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.Dialects;
import io.karez.scheduler.SiteQuery;
import io.karez.scheduler.SiteQuery.Answer;
import io.karez.transport.Command;
import io.karez.transport.Completed;
import io.karez.transport.Transport;
import io.karez.transport.TransportException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// Looks over this machine. All questions are asked at once, each with a time limit; one that fails
/// is a finding.
public final class Doctor {
  /// Slurm's commands need 9 s to find out that its controller is down.
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Transport transport;
  private final InstantSource clock;
  private final SearchPath path;
  private final String user;

  /// @param environment of the user
  /// @param user as schedulers know them
  public Doctor(
      Transport transport, InstantSource clock, Map<String, String> environment, String user) {
    this.transport = transport;
    this.clock = clock;
    this.path = SearchPath.of(environment);
    this.user = user;
  }

  /// @param directory where runs are kept, or would be
  /// @return first of the programs here, then of the directory, then of each scheduler found
  public List<Section> examine(Path directory) {
    List<Dialect> schedulers = schedulers();
    CompletableFuture<List<Finding>> probe = probe(directory, !schedulers.isEmpty());
    List<CompletableFuture<Section>> sites = new ArrayList<>();
    for (Dialect dialect : schedulers) {
      dialect.site(user).ifPresent(query -> sites.add(site(dialect.name(), query)));
    }
    List<Finding> tools = tools();
    if (schedulers.isEmpty()) {
      tools.add(
          Finding.note("batch system", "none found here", "jobs run on this machine, `-r local`"));
    }
    List<Section> sections = new ArrayList<>();
    sections.add(new Section("machine", tools));
    sections.add(new Section("directory", probe.join()));
    sites.forEach(site -> sections.add(site.join()));
    return sections;
  }

  /// Those of whose programs some are here.
  private List<Dialect> schedulers() {
    return Dialects.names().stream()
        .map(Dialects::named)
        .filter(dialect ->
            dialect
                .site(user)
                .filter(query -> path.find(query.programs().getFirst()).isPresent())
                .isPresent())
        .toList();
  }

  private List<Finding> tools() {
    List<CompletableFuture<Finding>> asked = new ArrayList<>();
    for (Tool tool : Tools.ALL) {
      Optional<Path> place = path.find(tool.name());
      asked.add(
          place.isEmpty()
              ? CompletableFuture.completedFuture(tool.read(place, Optional.empty()))
              : answer(tool.ask()).thenApply(answer -> tool.read(place, answer.reply())));
    }
    asked.add(answer(Tools.TIME).thenApply(answer -> Tools.time(answer.reply())));
    List<String> containers =
        Tools.CONTAINERS.stream().filter(name -> path.find(name).isPresent()).toList();
    asked.add(CompletableFuture.completedFuture(Tools.containers(containers)));
    List<Finding> findings = new ArrayList<>();
    findings.add(Tools.shell(Path.of("/bin/sh")));
    asked.forEach(finding -> findings.add(finding.join()));
    return findings;
  }

  private CompletableFuture<Section> site(String name, SiteQuery query) {
    List<String> missing =
        query.programs().stream().filter(program -> path.find(program).isEmpty()).toList();
    List<CompletableFuture<Answer>> answers = query.ask().stream().map(this::answer).toList();
    return background(() -> {
      List<Finding> findings = new ArrayList<>();
      if (!missing.isEmpty()) {
        findings.add(
            Finding.error(
                "commands",
                "not found on PATH: " + String.join(", ", missing),
                "a site may need `module load %s` first".formatted(name)));
      }
      findings.addAll(query.read(answers.stream().map(CompletableFuture::join).toList()));
      return new Section(name, findings);
    });
  }

  /// A dead network file system answers nobody, not even with an error.
  private CompletableFuture<List<Finding>> probe(Path directory, boolean batch) {
    CompletableFuture<Optional<Long>> inodes =
        answer(Command.of("df", "-P", "-i", "--", directory.toString()))
            .thenApply(answer -> answer.reply().filter(Completed::succeeded).flatMap(Doctor::free));
    return background(() -> DirectoryFindings.of(probed(directory), batch, inodes.join()))
        .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
        .exceptionally(failure -> List.of(unanswered(directory, failure)));
  }

  private DirectoryProbe probed(Path directory) {
    try {
      return DirectoryProbe.of(directory, clock);
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  private static Finding unanswered(Path directory, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    String why =
        cause instanceof TimeoutException
            ? "did not answer within %d s".formatted(LIMIT.toSeconds())
            : "cannot be looked at: " + cause.getMessage();
    return Finding.error(
        "writable",
        "`%s` %s".formatted(directory, why),
        "runs are kept there; if it lies on a file system of the network, that may be down");
  }

  /// The fourth word of the last line of `df -P -i`; some file systems make files as they go and
  /// say 0 of 0.
  private static Optional<Long> free(Completed reply) {
    String last = reply.text().lines().reduce("", (before, line) -> line);
    String[] words = last.strip().split("\\s+");
    return words.length > 5
            && words[1].matches("[1-9][0-9]{0,17}")
            && words[3].matches("[0-9]{1,18}")
        ? Optional.of(Long.valueOf(words[3]))
        : Optional.empty();
  }

  private CompletableFuture<Answer> answer(Command command) {
    return background(() -> {
      Instant asked = clock.instant();
      try {
        Completed reply = transport.run(command, LIMIT);
        return new Answer(Optional.of(reply), "", asked, clock.instant());
      } catch (TransportException e) {
        return new Answer(Optional.empty(), String.valueOf(e.getMessage()), asked, clock.instant());
      }
    });
  }

  /// In a thread that keeps nobody from ending.
  private static <T> CompletableFuture<T> background(Supplier<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            result.complete(work.get());
          } catch (RuntimeException e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }
}
