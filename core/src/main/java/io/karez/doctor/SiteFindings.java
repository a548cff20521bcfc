package io.karez.doctor;

import io.karez.define.Finding;
import io.karez.define.Finding.Grade;
import io.karez.define.Site;
import io.karez.text.Decimals;
import io.karez.transport.Completed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What is known of a site, and what it means for runs there.
final class SiteFindings {
  static final List<String> PROGRAMS =
      List.of("tar", "awk", "head", "tail", "find", "xargs", "mv", "gzip", "rsync", "bash");

  private static final Pattern PROTOCOL = Pattern.compile("protocol version ([0-9]+)");
  private static final int OLDEST_PROTOCOL = 31;
  private static final Duration SLOW = Duration.ofMillis(500);
  private static final Duration OFF = Duration.ofSeconds(2);
  private static final int SHOWN = 200;

  private SiteFindings() {}

  /// @param login how long it took to get in
  /// @param trip how long an answer takes from then on
  /// @param shared whether the login serves other commands as well
  static List<Finding> way(
      Survey survey, Site site, Duration login, Duration trip, boolean shared) {
    List<Finding> findings = new ArrayList<>();
    findings.add(
        Finding.ok(
            "login",
            "as `%s` on `%s`, in %s ms"
                .formatted(
                    survey.one("user").orElse("?"),
                    survey.one("host").orElse("?"),
                    millis(login))));
    findings.add(
        shared
            ? Finding.ok("connection", "kept for the next commands")
            : Finding.note(
                "connection",
                "not kept: each command logs in anew",
                "the site or your `ssh` configuration does not let connections be shared; with a"
                    + " second factor each command asks for it"));
    String said = "%s ms until an answer is here".formatted(millis(trip));
    findings.add(
        trip.compareTo(SLOW) > 0
            ? Finding.note("round trip", said, "a look at a run costs one or two")
            : Finding.ok("round trip", said));
    site.shell()
        .ifPresent(shell ->
            findings.add(
                survey
                    .program(shell.split(" ")[0])
                    .map(place -> Finding.ok("shell", shell))
                    .orElseGet(() ->
                        Finding.error(
                            "shell",
                            "there is no `%s`".formatted(shell.split(" ")[0]),
                            "`shell:` of the site names it"))));
    return findings;
  }

  /// @param asked when, by the clock of here, the far one was read
  /// @param trip how far that may be wrong
  static Finding clock(Survey survey, Instant asked, Duration trip) {
    Optional<Instant> there = survey.moment("time");
    if (there.isEmpty()) {
      return Finding.warning(
          "clock", "it does not tell the time", "`date +%s` has to print a number");
    }
    Duration ahead = Duration.between(asked, there.get());
    if (ahead.abs().compareTo(OFF.plus(trip)) <= 0) {
      return Finding.ok("clock", "agrees with this machine's");
    }
    return Finding.warning(
        "clock",
        "%d s %s this machine's"
            .formatted(
                Math.round(ahead.abs().toMillis() / 1000.0),
                ahead.isNegative() ? "behind" : "ahead of"),
        "how long a job has been silent is told right all the same; when jobs began and ended is"
            + " what they themselves say: ask who keeps the machines to set the clocks");
  }

  /// @param answer what a login that does nothing has printed
  static Finding quiet(Completed answer) {
    if (answer.stdout().length == 0) {
      return Finding.ok("start files", "print nothing");
    }
    return Finding.error(
        "start files",
        "print `%s`".formatted(shown(answer.text())),
        "rsync and sftp fail on that: let `~/.bashrc` there print only where somebody looks:"
            + " `case $- in *i*) ... ;; esac`");
  }

  static List<Finding> programs(Survey survey) {
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.ok("sh", survey.one("shell").orElse("/bin/sh")));
    List<String> missing =
        Stream.of("tar", "awk", "head", "tail", "find", "xargs", "mv")
            .filter(name -> survey.program(name).isEmpty())
            .toList();
    if (!missing.isEmpty()) {
      findings.add(
          Finding.error(
              "programs",
              "not found on PATH: " + String.join(", ", missing),
              "no run can be made without them"));
    }
    if (survey.program("bash").isEmpty()) {
      findings.add(
          Finding.warning(
              "bash", "not found on PATH", "scripts for batch systems begin with `#!/bin/bash`"));
    }
    findings.add(
        Tools.time(survey.one("time.gnu").filter(said -> said.startsWith("rss ")).isPresent()));
    findings.add(
        Tools.containers(
            Tools.CONTAINERS.stream().filter(name -> survey.program(name).isPresent()).toList()));
    return findings;
  }

  /// @param near whether this machine has an `rsync` that can be used
  static Finding rsync(Survey survey, Site site, boolean near) {
    boolean wanted = site.uploader().filter("rsync"::equals).isPresent();
    String version = survey.version("rsync");
    Matcher protocol = PROTOCOL.matcher(version);
    boolean far = protocol.find() && Integer.parseInt(protocol.group(1)) >= OLDEST_PROTOCOL;
    if (far && near) {
      return Finding.ok("rsync", version.replaceAll("  +", " "));
    }
    return new Finding(
        wanted ? Grade.ERROR : Grade.NOTE,
        "rsync",
        "none of 3.1 or newer " + (far ? "on this machine" : "there"),
        Optional.of(
            wanted
                ? "`uploader: rsync` of the site needs it on both ends; `sftp` needs none"
                : "files go by `sftp`"));
  }

  /// @param trouble why no conversation with its SFTP server could be begun, if none could
  static Finding sftp(Optional<String> trouble) {
    return trouble
        .map(said ->
            Finding.error(
                "sftp",
                "cannot be used: " + shown(said),
                "files cannot be sent, not with `rsync` either, which copies what SFTP has found to"
                    + " differ: ask who keeps the site for the `sftp-server` of OpenSSH"))
        .orElseGet(() -> Finding.ok("sftp", "files can be seen and copied"));
  }

  /// @param answer what the set-up lines have printed; the last of the errors tells whether all ran
  static Optional<Finding> setup(Site site, Optional<Completed> answer) {
    if (site.setup().isEmpty()) {
      return Optional.empty();
    }
    String said = answer.map(Completed::errorText).orElse("").strip();
    if (answer.isEmpty() || !answer.get().succeeded()) {
      int line = answer.map(end -> end.exitCode() - SetupTrial.FIRST).orElse(-1);
      String which =
          line >= 0 && line < site.setup().size()
              ? "`%s` fails".formatted(site.setup().get(line))
              : "they do not come to their end";
      return Optional.of(
          Finding.error(
              "set-up",
              which + (said.isEmpty() ? "" : ": " + shown(said)),
              "jobs there end with the cause `launch`: mend `setup:` of the site"));
    }
    if (!answer.get().text().isBlank()) {
      return Optional.of(
          Finding.note(
              "set-up",
              "prints `%s`".formatted(shown(answer.get().text())),
              "it stands in the scheduler's output of each job; `>/dev/null` keeps it quiet"));
    }
    return Optional.of(
        Finding.ok("set-up", site.setup().size() == 1 ? "its line runs" : "its lines run"));
  }

  static List<Finding> directory(Survey survey, boolean batch) {
    List<Finding> findings = new ArrayList<>();
    survey
        .one("missing")
        .ifPresent(path ->
            findings.add(
                Finding.note(
                    "project",
                    "`%s` is not there yet".formatted(path),
                    "the first run makes it; what it will lie in is looked at")));
    for (Finding finding : DirectoryFindings.of(survey.directory(), batch, survey.freeFiles())) {
      boolean broken = finding.about().equals("writable") && finding.grade() == Grade.ERROR;
      findings.add(
          broken
              ? Finding.error(
                  "writable",
                  finding.said(),
                  "runs are kept there: `directory:` of the site chooses another place")
              : finding);
    }
    for (String line : survey.all("quota")) {
      findings.add(
          Finding.warning(
              "quota",
              "above a limit: " + line.strip().replaceAll("\\s+", " "),
              "jobs that cannot write fail: remove something, or ask for more"));
    }
    return findings;
  }

  private static String millis(Duration time) {
    double millis = time.toNanos() / 1e6;
    return Decimals.fixed(millis, millis < 10 ? 1 : 0);
  }

  private static String shown(String text) {
    String line = text.strip().replaceAll("\\s*\\n\\s*", "; ");
    return line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line;
  }
}
