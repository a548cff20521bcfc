package io.karez.scheduler.slurm;

import io.karez.define.JobFacts;
import io.karez.define.Resources;
import io.karez.define.SubmitTemplate.Directive;
import io.karez.scheduler.Asked;
import io.karez.scheduler.BatchScript;
import io.karez.scheduler.CancelReply;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.Directives;
import io.karez.scheduler.JobRequest;
import io.karez.scheduler.JobTrace;
import io.karez.scheduler.LaunchFiles;
import io.karez.scheduler.Local;
import io.karez.scheduler.NativeId;
import io.karez.scheduler.Scripts;
import io.karez.scheduler.Sighting;
import io.karez.scheduler.StatusQuery;
import io.karez.scheduler.StatusReply;
import io.karez.scheduler.SubmitReply;
import io.karez.scheduler.SupervisorScript;
import io.karez.transport.Command;
import io.karez.transport.Completed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Jobs as steps in an allocation of Slurm, 24.11 recorded. Manuals: srun(1), squeue(1), sacct(1).
///
/// A supervisor where Karez was called hands them out (`steps.sh`), as many at a time as fit, and
/// on the nodes the wrapper of batch jobs takes and records them: whatever becomes of the
/// supervisor, a step that runs goes on and says itself how it went. A job that has started is
/// known by its step, `ID.STEP`; before that by the supervisor, as {@link Local} knows it. The
/// allocation is the directive `--jobid`.
public final class SlurmSteps implements Dialect {
  static final String NAME = "slurm-step";

  private static final String SUPERVISOR = "steps.sh";
  private static final int CANNOT_START = 69;
  private static final Pattern STEP = Pattern.compile("[0-9]+\\.[0-9]+");

  /// What `steps.sh` runs on the node, before the number of the task.
  private static final String ON_NODE = "exec /bin/sh \"$@\" \"$SLURM_JOB_ID.$SLURM_STEP_ID\" 0 ''";

  private final Slurm slurm = new Slurm();
  private final Local local = new Local();

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean startsAtOnce() {
    return true;
  }

  // -------------------------------------------------------------------------------------------
  // What is asked for

  @Override
  public Optional<String> canonical(String key) {
    return slurm.canonical(key);
  }

  /// A step is one process of ours on one node; what it starts itself shares its cores.
  @Override
  public Map<String, List<Directive>> natives(Resources resources) {
    Map<String, List<Directive>> natives = new LinkedHashMap<>(slurm.natives(resources));
    natives.keySet().retainAll(Set.of("memory", "gpus", "time"));
    if (resources.cpus().isPresent() || resources.tasks().isPresent()) {
      int cores = Math.multiplyExact(resources.cpus().orElse(1), resources.tasks().orElse(1));
      natives.put("cpus", List.of(directive("--cpus-per-task", Integer.toString(cores))));
    }
    return natives;
  }

  @Override
  public Asked asked(List<Directive> directives) {
    return slurm.asked(directives);
  }

  @Override
  public LaunchFiles render(JobRequest job) {
    String allocation =
        job.directives().stream()
            .filter(directive -> directive.key().equals("--jobid"))
            .flatMap(directive -> directive.value().stream())
            .collect(Collectors.joining());
    String head =
        "# Karez, %s: %s as steps in an allocation of Slurm, %d at a time\n# allocation %s"
            .formatted(job.title(), SupervisorScript.count(job), job.slots(), allocation);
    List<Directive> directives =
        new Directives(this)
            .over(
                List.of(
                    directive("--jobid", allocation),
                    new Directive("--exact", Optional.empty()),
                    directive("--nodes", "1"),
                    directive("--ntasks", "1"),
                    directive("--cpus-per-task", "1"),
                    // Otherwise a step may have all of it, and the next one waits.
                    directive("--mem", "0"),
                    directive("--export", "ALL"),
                    directive("--job-name", job.name())))
            .over(job.directives())
            .list();
    List<String> words = new ArrayList<>(SlurmAllocations.words("srun", directives));
    words.addAll(
        List.of(
            "/bin/sh",
            "-c",
            ON_NODE,
            "sh",
            job.run().resolve(BatchScript.WRAPPER).toString(),
            job.run().toString(),
            Integer.toString(job.submission())));
    return new LaunchFiles(
        SupervisorScript.of(job, head, Slurm.OUTSIDE, SUPERVISOR, words),
        Map.of(SUPERVISOR, Scripts.steps(), BatchScript.WRAPPER, Scripts.wrapper()));
  }

  private static Directive directive(String key, String value) {
    return new Directive(key, Optional.of(value));
  }

  // -------------------------------------------------------------------------------------------
  // Submitting

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
    return reply.exitCode() == CANNOT_START
        ? new SubmitReply.Refused(reply.errorText().strip())
        : local.readSubmit(reply);
  }

  @Override
  public NativeId idOf(String submission, int tasks, int task, Optional<JobTrace> trace) {
    return trace
        .map(JobTrace::nativeId)
        .filter(id -> STEP.matcher(id).matches())
        .map(NativeId::new)
        .orElseGet(() -> local.idOf(submission, tasks, task, Optional.empty()));
  }

  @Override
  public Optional<String> shown(NativeId id) {
    return isStep(id) ? Optional.of(id.text()) : Optional.empty();
  }

  private static boolean isStep(NativeId id) {
    return STEP.matcher(id.text()).matches();
  }

  // -------------------------------------------------------------------------------------------
  // Asking

  @Override
  public List<StatusQuery> statusQueries() {
    return List.of(new Supervisors(local.statusQueries().getFirst()), new Live(), new Accounting());
  }

  /// Nobody has to be asked.
  private static final Command NOTHING = Command.of("true");

  /// About jobs that no step was made for.
  private record Supervisors(StatusQuery alive) implements StatusQuery {
    @Override
    public Command ask(List<NativeId> ids) {
      List<NativeId> waiting = waiting(ids);
      return waiting.isEmpty() ? NOTHING : alive.ask(waiting);
    }

    @Override
    public StatusReply read(List<NativeId> asked, Completed reply) {
      StatusReply some =
          waiting(asked).isEmpty()
              ? new StatusReply(Map.of(), List.of())
              : alive.read(waiting(asked), reply);
      return new StatusReply(complete(asked, some.sightings()), some.unread());
    }

    private static List<NativeId> waiting(List<NativeId> ids) {
      return ids.stream().filter(id -> !isStep(id)).toList();
    }
  }

  /// `squeue --steps`, which lists what runs.
  private record Live() implements StatusQuery {
    @Override
    public Command ask(List<NativeId> ids) {
      String jobs = jobs(ids);
      return jobs.isEmpty()
          ? NOTHING
          : Command.of("squeue", "--noheader", "--steps", "--format=%i", "--jobs=" + jobs);
    }

    @Override
    public StatusReply read(List<NativeId> asked, Completed reply) {
      if (!reply.succeeded()) {
        return Slurm.silent(asked, "squeue", reply);
      }
      Set<String> running =
          reply.text().lines().map(String::strip).collect(Collectors.toUnmodifiableSet());
      Map<NativeId, Sighting> found = new HashMap<>();
      asked.stream()
          .filter(id -> running.contains(id.text()))
          .forEach(id -> found.put(id, Slurm.state("RUNNING", "", JobFacts.NONE)));
      return new StatusReply(complete(asked, found), List.of());
    }
  }

  /// `sacct`, of whose rows only ends count. A step that ended with its allocation ended as that
  /// did.
  private record Accounting() implements StatusQuery {
    private static final int OWNER = 3;
    private static final int END = 5;
    private static final int CELLS = 12;

    @Override
    public Command ask(List<NativeId> ids) {
      String jobs = jobs(ids);
      return jobs.isEmpty()
          ? NOTHING
          : Command.of(
                  "sacct",
                  "--noheader",
                  "--parsable2",
                  "--format=" + Slurm.Accounting.FIELDS,
                  "--jobs=" + jobs)
              .with(Slurm.PLAIN);
    }

    @Override
    public StatusReply read(List<NativeId> asked, Completed reply) {
      if (!reply.succeeded() && !Slurm.isDisabled(reply)) {
        return Slurm.silent(asked, "sacct", reply);
      }
      Map<String, String[]> rows = new HashMap<>();
      List<String> unread = new ArrayList<>();
      for (String line : reply.text().lines().filter(text -> !text.isBlank()).toList()) {
        String[] cells = line.split("\\|", CELLS);
        if (cells.length == CELLS) {
          rows.put(cells[0], cells);
        } else {
          unread.add(line);
        }
      }
      Map<NativeId, Sighting> found = new HashMap<>();
      for (NativeId id : asked) {
        if (isStep(id)) {
          end(rows.get(id.text()), rows.get(allocation(id))).ifPresent(end -> found.put(id, end));
        }
      }
      return new StatusReply(complete(asked, found), unread);
    }

    private static Optional<Sighting> end(String @Nullable [] step, String @Nullable [] whole) {
      Optional<Sighting.Listed> allocation = end(whole);
      if (step != null && whole != null && step[OWNER].isBlank()) {
        step[OWNER] = whole[OWNER];
      }
      Optional<Sighting.Listed> own = end(step);
      boolean cut =
          allocation.isPresent()
              && !allocation.get().word().equals("COMPLETED")
              && own.filter(end -> end.word().equals("COMPLETED")).isEmpty()
              && (own.isEmpty() || endsWith(step, whole));
      return (cut ? allocation : own).map(Function.identity());
    }

    private static Optional<Sighting.Listed> end(String @Nullable [] cells) {
      return Optional.ofNullable(cells)
          .map(Slurm.Accounting::state)
          .filter(listed -> listed.state().isEnd());
    }

    private static boolean endsWith(String @Nullable [] step, String @Nullable [] whole) {
      Optional<Instant> own = Optional.ofNullable(step).flatMap(s -> SlurmFields.moment(s[END]));
      return Optional.ofNullable(whole)
          .flatMap(w -> SlurmFields.moment(w[END]))
          .filter(end -> own.filter(end::isAfter).isEmpty())
          .isPresent();
    }
  }

  private static Map<NativeId, Sighting> complete(
      List<NativeId> asked, Map<NativeId, Sighting> found) {
    Map<NativeId, Sighting> all = new HashMap<>(found);
    asked.forEach(id -> all.putIfAbsent(id, new Sighting.Absent()));
    return all;
  }

  /// The allocations of those that are steps.
  private static String jobs(List<NativeId> ids) {
    Set<String> jobs = new LinkedHashSet<>();
    ids.stream().filter(SlurmSteps::isStep).forEach(id -> jobs.add(allocation(id)));
    return String.join(",", jobs);
  }

  private static String allocation(NativeId id) {
    return id.text().replaceFirst("\\..*", "");
  }

  // -------------------------------------------------------------------------------------------
  // Ending

  /// As Slurm's own default, but it is Karez that waits so long.
  @Override
  public Duration grace() {
    return Duration.ofSeconds(30);
  }

  /// Jobs that wait have no step; that they never start is a matter of files. Without a signal
  /// `scancel` would kill the wrapper as well, and nobody would say how the program ended.
  @Override
  public Command cancel(List<NativeId> ids, boolean now) {
    List<String> steps = ids.stream().filter(SlurmSteps::isStep).map(NativeId::text).toList();
    if (steps.isEmpty()) {
      return NOTHING;
    }
    List<String> words =
        new ArrayList<>(List.of("scancel", "--quiet", "--signal=" + (now ? "KILL" : "TERM")));
    words.addAll(steps);
    return Command.of(words);
  }

  @Override
  public CancelReply readCancel(List<NativeId> asked, Completed reply) {
    boolean ended = reply.errorText().contains("already completing or completed");
    return ended
        ? new CancelReply(Map.of())
        : slurm.readCancel(asked.stream().filter(SlurmSteps::isStep).toList(), reply);
  }
}
