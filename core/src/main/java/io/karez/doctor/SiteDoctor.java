package io.karez.doctor;

import io.karez.define.Finding;
import io.karez.define.Site;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.Dialects;
import io.karez.scheduler.SiteQuery;
import io.karez.scheduler.SiteQuery.Answer;
import io.karez.transport.Command;
import io.karez.transport.Completed;
import io.karez.transport.SshClient;
import io.karez.transport.SshUnreachableException;
import io.karez.transport.Transport;
import io.karez.transport.TransportException;
import io.karez.upload.RsyncCommand;
import io.karez.upload.SshUploader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Looks over a site from here, in four round trips besides the login.
///
/// @param far to the site
/// @param client the user's `ssh` to it
/// @param here this machine
public record SiteDoctor(
    Site site, Transport far, SshClient client, Transport here, InstantSource clock) {
  /// A file system that does not answer keeps the whole survey from ending.
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final Duration BRIEF = Duration.ofSeconds(20);

  /// Slurm's commands need 9 s to find out that its controller is down.
  private static final String PATIENTLY =
      "if command -v timeout >/dev/null 2>&1; then exec timeout 15 \"$@\"; fi; exec \"$@\"";

  /// @return of the way there, of the site itself, of the project's directory, of its scheduler
  /// @throws SshUnreachableException when there is no way
  public List<Section> examine() throws TransportException {
    Duration login = time();
    Duration trip = time();
    Survey survey;
    Instant asked;
    Optional<Completed> setup;
    try {
      asked = clock.instant().plus(trip.dividedBy(2));
      List<Command> questions = new ArrayList<>(List.of(survey()));
      if (!site.setup().isEmpty()) {
        questions.add(SetupTrial.command(site));
      }
      List<Completed> answers = far.runAll(questions, LIMIT);
      survey = Survey.read(answers.getFirst().text());
      setup = answers.stream().skip(1).findFirst();
    } catch (SshUnreachableException e) {
      throw e;
    } catch (TransportException e) {
      return List.of(
          new Section(
              "site",
              List.of(
                  Finding.error(
                      "directory",
                      String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                      "if `%s` lies on a file system of the network, that may be down"
                          .formatted(site.directory().orElse(""))))));
    }
    List<Finding> machine = new ArrayList<>();
    machine.addAll(SiteFindings.way(survey, site, login, trip, client.isConnected()));
    machine.add(SiteFindings.quiet(said(ssh("true"))));
    machine.add(SiteFindings.clock(survey, asked, trip));
    machine.addAll(SiteFindings.programs(survey));
    machine.addAll(transfers(survey));
    SiteFindings.setup(site, setup).ifPresent(machine::add);
    List<Dialect> schedulers = schedulers(survey);
    if (schedulers.isEmpty()) {
      machine.add(
          Finding.note("batch system", "none found there", "jobs run on its machine itself"));
    }
    List<Section> sections = new ArrayList<>();
    sections.add(new Section("site", machine));
    sections.add(
        new Section(
            "directory",
            site.directory().isPresent()
                ? SiteFindings.directory(survey, !schedulers.isEmpty())
                : List.of(
                    Finding.error(
                        "project",
                        "the site has no `directory`",
                        "say where the project is to lie: `sites: {%s: {directory: ...}}`"
                            .formatted(site.name())))));
    for (Dialect dialect : schedulers) {
      sections.add(scheduler(dialect, survey));
    }
    return sections;
  }

  /// What is to be done about a site that cannot be reached.
  public static Section unreachable(Site site, SshUnreachableException e) {
    String host = site.host().orElse(site.name());
    String hint =
        switch (e.reason()) {
          case NETWORK ->
              "does `ssh %s` get there by itself? A VPN or a jump host may be needed"
                  .formatted(host);
          case LOGIN ->
              "`ssh-copy-id %s` puts your key there; `ssh-add -l` lists those that your agent has"
                  .formatted(host);
          case HOST_KEY ->
              "call `ssh %s` once, and compare the fingerprint with what the site publishes"
                  .formatted(host);
          case CHANGED_HOST_KEY ->
              "ask who keeps the site whether the key has changed; if so, `ssh-keygen -R %s`"
                  .formatted(host);
        };
    String said =
        String.valueOf(e.getMessage())
            .strip()
            .replaceAll(":\\s*\\n\\s*", ": ")
            .replaceAll("\\s*\\n\\s*", "; ");
    return new Section("site", List.of(Finding.error("login", said, hint)));
  }

  private Duration time() throws TransportException {
    long start = System.nanoTime();
    far.run(Command.of("/bin/sh", "-c", ":").asking(), LIMIT);
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private Command survey() {
    Set<String> programs = new LinkedHashSet<>(SiteFindings.PROGRAMS);
    programs.addAll(Tools.CONTAINERS);
    site.shell().ifPresent(shell -> programs.add(shell.split(" ")[0]));
    for (Dialect dialect : dialects()) {
      programs.addAll(dialect.site("").orElseThrow().programs());
    }
    List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", script(), "survey"));
    words.add(site.directory().orElse("~"));
    words.addAll(programs);
    return Command.of(words).asking();
  }

  private static String script() {
    try (InputStream text =
        Objects.requireNonNull(SiteDoctor.class.getResourceAsStream("survey.sh"))) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Those that can be asked how they are set up.
  private static List<Dialect> dialects() {
    return Dialects.names().stream()
        .map(Dialects::named)
        .filter(dialect -> dialect.site("").isPresent())
        .toList();
  }

  /// The one that the site names, or those of whose programs some are there.
  private List<Dialect> schedulers(Survey survey) {
    return dialects().stream()
        .filter(dialect ->
            site.scheduler().isPresent()
                ? site.scheduler().get().equals(dialect.name())
                : survey.program(dialect.site("").orElseThrow().programs().getFirst()).isPresent())
        .toList();
  }

  private Section scheduler(Dialect dialect, Survey survey) {
    SiteQuery query = dialect.site(survey.one("user").orElse("")).orElseThrow();
    List<Finding> findings = new ArrayList<>();
    List<String> missing =
        query.programs().stream().filter(name -> survey.program(name).isEmpty()).toList();
    if (!missing.isEmpty()) {
      findings.add(
          Finding.error(
              "commands",
              "not found on PATH: " + String.join(", ", missing),
              "`shell: /bin/bash -l` of the site reads the start files of a login; a site may need"
                  + " `module load %s` in them".formatted(dialect.name())));
    }
    findings.addAll(query.read(answers(query)));
    return new Section(dialect.name(), findings);
  }

  private List<Answer> answers(SiteQuery query) {
    Instant asked = clock.instant();
    List<Command> questions =
        query.ask().stream()
            .map(question -> {
              List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", PATIENTLY, "ask"));
              words.addAll(question.words());
              return Command.of(words).with(question.environment()).asking();
            })
            .toList();
    try {
      List<Completed> replies = far.runAll(questions, Duration.ofMinutes(3));
      Instant answered = clock.instant();
      return replies.stream()
          .map(reply -> new Answer(Optional.of(reply), "", asked, answered))
          .toList();
    } catch (TransportException e) {
      return questions.stream()
          .map(question ->
              new Answer(Optional.empty(), String.valueOf(e.getMessage()), asked, clock.instant()))
          .toList();
    }
  }

  private List<Finding> transfers(Survey survey) throws TransportException {
    return List.of(
        SiteFindings.rsync(survey, site, RsyncCommand.isOn(here)),
        SiteFindings.sftp(sftpTrouble()));
  }

  private Optional<String> sftpTrouble() {
    try {
      SshUploader.sftp(client).at("~", List.of());
      return Optional.empty();
    } catch (TransportException | UncheckedIOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private Command ssh(String remote) {
    List<String> words = new ArrayList<>(List.of("ssh", "-T", "-x"));
    words.addAll(client.options());
    words.addAll(List.of("--", client.host().name(), remote));
    return Command.of(words).with(client.environment());
  }

  private Completed said(Command command) {
    try {
      return here.run(command, BRIEF);
    } catch (TransportException e) {
      String why = String.valueOf(e.getMessage());
      return new Completed(255, new byte[0], why.getBytes(StandardCharsets.UTF_8));
    }
  }
}
