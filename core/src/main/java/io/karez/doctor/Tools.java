package io.karez.doctor;

import io.karez.define.Finding;
import io.karez.define.Finding.Grade;
import io.karez.transport.Command;
import io.karez.transport.Completed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The programs that Karez and its jobs use, and what their absence means.
final class Tools {
  private static final Pattern VERSION = Pattern.compile("[0-9]+(?:\\.[0-9A-Za-z]+)+");

  /// @param version the words that make it say its version, on either stream
  /// @param missing how bad it is when it is not there
  /// @param hint what cannot be done without it
  record Tool(String name, List<String> version, Grade missing, String hint) {

    Command ask() {
      return Command.of(version);
    }

    Finding read(Optional<Path> place, Optional<Completed> reply) {
      if (place.isEmpty()) {
        return new Finding(missing, name, "not found on PATH", Optional.of(hint));
      }
      return reply
          .filter(Completed::succeeded)
          .flatMap(said -> number(said.text() + said.errorText()))
          .map(found -> Finding.ok(name, found + ", " + place.get()))
          .orElseGet(() ->
              Finding.warning(
                  name,
                  "%s does not say its version".formatted(place.get()),
                  "try `%s`".formatted(String.join(" ", version))));
    }
  }

  static final List<Tool> ALL =
      List.of(
          new Tool(
              "git",
              List.of("git", "--version"),
              Grade.WARNING,
              "runs cannot record the commit of their code"),
          new Tool(
              "bash",
              List.of("bash", "--version"),
              Grade.WARNING,
              "scripts for batch systems begin with `#!/bin/bash`"),
          new Tool("ssh", List.of("ssh", "-V"), Grade.NOTE, "needed for other machines alone"),
          new Tool(
              "rsync",
              List.of("rsync", "--version"),
              Grade.NOTE,
              "needed for other machines alone"));

  /// One of them is enough.
  static final List<String> CONTAINERS = List.of("apptainer", "singularity", "podman", "docker");

  /// GNU `time`, as the wrapper looks for it.
  static final Command TIME = Command.of("/usr/bin/time", "-f", "rss %M", "true");

  private Tools() {}

  /// What runs every job.
  static Finding shell(Path shell) {
    try {
      return Finding.ok("sh", shell.toRealPath().toString());
    } catch (IOException e) {
      return Finding.error("sh", "there is no " + shell, "no job can run without it");
    }
  }

  static Finding time(Optional<Completed> reply) {
    return time(reply.filter(said -> said.errorText().startsWith("rss ")).isPresent());
  }

  /// @param measures whether GNU `time` is where it is looked for
  static Finding time(boolean measures) {
    return measures
        ? Finding.ok("time", "/usr/bin/time measures the memory and processors of jobs")
        : Finding.note(
            "time",
            "GNU time is not there as /usr/bin/time",
            "where jobs run without it, their memory is only looked at from time to time, and"
                + " their processor time is not known: install the package `time`");
  }

  static Finding containers(List<String> found) {
    return found.isEmpty()
        ? Finding.note(
            "containers",
            "none of %s is on PATH".formatted(String.join(", ", CONTAINERS)),
            "`--container` needs one where jobs run")
        : Finding.ok("containers", String.join(", ", found));
  }

  private static Optional<String> number(String text) {
    Matcher matcher = VERSION.matcher(text);
    return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
  }
}
