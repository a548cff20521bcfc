package io.karez.scheduler;

import io.karez.define.JobState;
import io.karez.define.Resources;
import io.karez.define.SubmitTemplate.Directive;
import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.transport.Command;
import io.karez.transport.Completed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// This machine, or any other without a scheduler: a supervisor in `sh` that outlives Karez.
///
/// A native id is a list of process identities, separated by `,`: of the program when it was
/// started, then of the supervisor and its slots. An identity is `HOST MACHINE BOOT PIDNS PID TICKS
/// MEASURED`, see `local.sh`.
public final class Local implements Dialect {
  /// The name of the supervisor's script in a run.
  public static final String SUPERVISOR = "local.sh";

  private static final String SEPARATOR = ",";
  private static final String PROGRAM = "program ";

  @Override
  public String name() {
    return "local";
  }

  @Override
  public Optional<String> canonical(String key) {
    return Optional.empty();
  }

  /// Slots keep to what is asked for; nothing of it is written down for anybody else.
  @Override
  public Map<String, List<Directive>> natives(Resources resources) {
    return Map.of();
  }

  /// Only `#KAREZ --array=0-9`: nothing else can be asked of this machine.
  @Override
  public Optional<ScriptDirectives> directivesIn(String script, String name) {
    ScriptDirectives read = ScriptDirectives.read(script, "#KAREZ", name);
    if (!read.directives().isEmpty() || !read.leftOut().isEmpty()) {
      String key =
          Stream.concat(read.directives().stream(), read.leftOut().stream())
              .findFirst()
              .orElseThrow()
              .key();
      throw new InvalidInputException(
          Problem.at(Place.of(name), "`#KAREZ` has no `%s`".formatted(key))
              .hint("there are `#KAREZ --array=0-9` and `#KAREZ --chdir=DIR`"));
    }
    return Optional.of(read);
  }

  @Override
  public LaunchFiles render(JobRequest job) {
    String head =
        "# Karez, %s: %s on this machine, %d at a time"
            .formatted(job.title(), SupervisorScript.count(job), job.slots());
    return new LaunchFiles(
        SupervisorScript.of(job, head, "", SUPERVISOR, job.devices()),
        Map.of(SUPERVISOR, Scripts.local()));
  }

  @Override
  public Command submit(Path run, int submission) {
    return Command.of(
        "/bin/sh",
        run.resolve(SUPERVISOR).toString(),
        "start",
        run.toString(),
        Integer.toString(submission));
  }

  @Override
  public SubmitReply readSubmit(Completed reply) {
    String line = reply.text().strip();
    if (reply.succeeded() && line.split(" ").length == 6) {
      return new SubmitReply.Accepted(new NativeId(line), Optional.empty());
    }
    return new SubmitReply.Uncertain((line + "\n" + reply.errorText()).strip());
  }

  @Override
  public NativeId idOf(String submission, int tasks, int task, Optional<JobTrace> trace) {
    String supervisors = String.join(SEPARATOR, submission.strip().split("\n"));
    return new NativeId(
        trace
            .map(s -> PROGRAM + s.process() + SEPARATOR + s.wrapper() + SEPARATOR + supervisors)
            .orElse(supervisors));
  }

  /// The number of its process.
  @Override
  public Optional<String> shown(NativeId id) {
    return program(id).map(process -> process.split(" ")[4]);
  }

  @Override
  public List<StatusQuery> statusQueries() {
    return List.of(new Alive());
  }

  @Override
  public boolean isBatch() {
    return false;
  }

  @Override
  public Duration patience() {
    return Duration.ofMinutes(2);
  }

  @Override
  public Duration grace() {
    return Duration.ofSeconds(3);
  }

  /// Jobs that wait have no process; that they never start is a matter of files.
  @Override
  public Command cancel(List<NativeId> ids, boolean now) {
    StringBuilder programs = new StringBuilder();
    for (NativeId id : ids) {
      program(id).ifPresent(process -> programs.append(process).append('\n'));
    }
    return Command.of("/bin/sh", "-c", Scripts.local(), SUPERVISOR, "stop", now ? "KILL" : "TERM")
        .reading(programs.toString());
  }

  @Override
  public CancelReply readCancel(List<NativeId> asked, Completed reply) {
    Set<String> lines = new HashSet<>(reply.text().lines().toList());
    Map<NativeId, String> unreached = new HashMap<>();
    for (NativeId id : asked) {
      program(id)
          .filter(program -> lines.contains("elsewhere " + program))
          .ifPresent(program -> unreached.put(id, elsewhere(program)));
    }
    return new CancelReply(unreached);
  }

  private static String elsewhere(String process) {
    return "its processes are on `%s`, which is not this machine".formatted(process.split(" ")[0]);
  }

  private static Optional<String> program(NativeId id) {
    return id.text().startsWith(PROGRAM)
        ? Optional.of(id.text().substring(PROGRAM.length()).split(SEPARATOR, 2)[0])
        : Optional.empty();
  }

  /// Asks which processes are alive.
  private static final class Alive implements StatusQuery {

    @Override
    public Command ask(List<NativeId> ids) {
      Set<String> processes = new LinkedHashSet<>();
      for (NativeId id : ids) {
        processes.addAll(processes(id));
      }
      return Command.of("/bin/sh", "-c", Scripts.local(), SUPERVISOR, "alive")
          .reading(String.join("\n", processes) + "\n");
    }

    @Override
    public StatusReply read(List<NativeId> asked, Completed reply) {
      Map<String, String> states = new HashMap<>();
      List<String> unread = new ArrayList<>();
      for (String line : reply.text().lines().toList()) {
        String[] parts = line.split(" ", 2);
        if (parts.length == 2 && Set.of("alive", "gone", "elsewhere").contains(parts[0])) {
          states.put(parts[1], parts[0]);
        } else {
          unread.add(line);
        }
      }
      Map<NativeId, Sighting> sightings = new HashMap<>();
      for (NativeId id : asked) {
        sightings.put(id, sighting(id, states, reply));
      }
      return new StatusReply(sightings, unread);
    }

    private static Sighting sighting(NativeId id, Map<String, String> states, Completed reply) {
      Set<String> seen = new LinkedHashSet<>();
      for (String process : processes(id)) {
        seen.add(states.getOrDefault(process, "unanswered"));
      }
      Optional<String> program = program(id);
      if (program.isPresent() && "alive".equals(states.get(program.get()))) {
        return new Sighting.Listed(JobState.RUNNING, Optional.empty(), "its process is alive");
      }
      if (seen.contains("alive")) {
        return program.isPresent()
            ? new Sighting.Listed(JobState.COMPLETING, Optional.empty(), "its process has ended")
            : new Sighting.Listed(JobState.QUEUED, Optional.empty(), "it waits for a slot");
      }
      if (seen.contains("unanswered")) {
        return new Sighting.Silent(
            "the local supervisor's script failed: " + reply.errorText().strip());
      }
      if (seen.contains("elsewhere")) {
        return new Sighting.Silent(elsewhere(processes(id).getFirst()));
      }
      return new Sighting.Gone(
          program.isPresent()
              ? "its process and its wrapper are gone"
              : "the supervisor and its slots are gone");
    }

    private static List<String> processes(NativeId id) {
      String text = id.text();
      return Arrays.asList(
          (text.startsWith(PROGRAM) ? text.substring(PROGRAM.length()) : text).split(SEPARATOR));
    }
  }
}
