package io.karez.scheduler.slurm;

import io.karez.define.After;
import io.karez.define.Cause;
import io.karez.define.JobFacts;
import io.karez.define.JobState;
import io.karez.define.Resources;
import io.karez.define.SubmitTemplate.Directive;
import io.karez.define.WallTime;
import io.karez.define.Warning;
import io.karez.scheduler.Allocations;
import io.karez.scheduler.Asked;
import io.karez.scheduler.BatchScript;
import io.karez.scheduler.CancelReply;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.Directives;
import io.karez.scheduler.IndexRanges;
import io.karez.scheduler.JobRequest;
import io.karez.scheduler.JobTrace;
import io.karez.scheduler.LaunchFiles;
import io.karez.scheduler.LimitQuery;
import io.karez.scheduler.NativeId;
import io.karez.scheduler.ScriptDirectives;
import io.karez.scheduler.Sighting;
import io.karez.scheduler.SiteQuery;
import io.karez.scheduler.StatusQuery;
import io.karez.scheduler.StatusReply;
import io.karez.scheduler.SubmitReply;
import io.karez.scheduler.TokenQuery;
import io.karez.scheduler.UsageQuery;
import io.karez.scheduler.Waiting;
import io.karez.transport.Command;
import io.karez.transport.Completed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Slurm, 24.11 recorded. Manuals: sbatch(1), squeue(1), sacct(1), scancel(1), slurm.conf(5).
///
/// A submission of several jobs is a job array whose indices are the places in the submission; its
/// name is the id that `sbatch --parsable` prints, `ID` or `ID;CLUSTER`. A job is `ID_INDEX`, or
/// `ID` where there is no array. The token lives in the job's comment, which the queue always shows
/// and the accounting only on some sites, and the path of the script names the submission as well.
public final class Slurm implements Dialect {
  private static final Pattern PARSABLE = Pattern.compile("([0-9]+)(;[A-Za-z0-9._-]+)?");
  private static final Pattern MAX_ARRAY_SIZE =
      Pattern.compile("MaxArraySize\\s*=\\s*([0-9]{1,7})");
  private static final Pattern RAISED = Pattern.compile("RaisedSignal:([0-9]+)");
  private static final Pattern SIGNAL = Pattern.compile("B:(?:SIG)?(USR1|USR2|HUP)(?:@[0-9]+)?");
  private static final Pattern SENTENCE =
      Pattern.compile("Submitted batch job ([0-9]+)(?: on cluster ([A-Za-z0-9._-]+))?");

  /// Comes before what decides, whatever `sbatch` has said while it was trying.
  private static final String FAILED = "Batch job submission failed: ";

  /// After {@link #FAILED} it stands for a talk with the controller that broke off, or that nobody
  /// understands. Everything else there is the controller's no.
  private static final Pattern BROKEN_OFF =
      Pattern.compile(
          "contact|connect|timed out|transmitted|message|communication|unspecified|send|receive"
              + "|shutdown|standby|protocol|authentication|credential|header|stream|transport"
              + "|broken pipe|temporarily|unknown error",
          Pattern.CASE_INSENSITIVE);

  /// What `sbatch` says of its own before it asks the controller.
  private static final Pattern BEFORE =
      Pattern.compile(
          "^sbatch: (?:error: |fatal: )?(?:unrecognized |invalid option |ambiguous option "
              + "|option .* requires |Invalid directive found in batch script|Invalid --"
              + "|Invalid numeric value|Invalid generic resource|\".*\" is not a valid "
              + "|Unable to open file|Batch script is empty|This does not look like a batch script"
              + "|Could not open user environment file|--[a-z-]+ only permitted"
              + "|No cluster '.*' known|.*: line [0-9]+: Unmatched)",
          Pattern.MULTILINE);

  /// What shells say of the `exec` of a program that they do not find.
  private static final Pattern NOT_THERE =
      Pattern.compile("exec: sbatch: not found|sbatch: inaccessible or not found");

  /// A limit that passes when other jobs end. The controller says which one on a line of its own.
  private static final Pattern LIMIT = Pattern.compile("\\b(?:Assoc|QOS)[A-Za-z]*Limit\\b");

  @Override
  public String name() {
    return "slurm";
  }

  // -------------------------------------------------------------------------------------------
  // What is asked for

  @Override
  public Optional<String> canonical(String key) {
    return switch (key) {
      case "-N", "--nodes" -> Optional.of("nodes");
      case "-n", "--ntasks", "--ntasks-per-node" -> Optional.of("tasks");
      case "-c", "--cpus-per-task" -> Optional.of("cpus");
      case "--mem", "--mem-per-cpu", "--mem-per-gpu" -> Optional.of("memory");
      case "-G", "--gpus", "--gpus-per-node", "--gres" -> Optional.of("gpus");
      case "-t", "--time" -> Optional.of("time");
      case "-p", "--partition" -> Optional.of("queue");
      case "-A", "--account" -> Optional.of("account");
      case "-J", "--job-name" -> Optional.of("name");
      case "-o", "--output" -> Optional.of("output");
      case "-d", "--dependency" -> Optional.of("dependency");
      case "--requeue", "--no-requeue" -> Optional.of("requeue");
      default -> Optional.empty();
    };
  }

  @Override
  public Map<String, List<Directive>> natives(Resources resources) {
    Map<String, List<Directive>> natives = new LinkedHashMap<>();
    resources.nodes().ifPresent(n -> natives.put("nodes", one("--nodes", n)));
    resources.tasks().ifPresent(n -> natives.put("tasks", one("--ntasks", n)));
    resources.cpus().ifPresent(n -> natives.put("cpus", one("--cpus-per-task", n)));
    resources.memory().ifPresent(m -> natives.put("memory", one("--mem", m.mebibytes() + "M")));
    resources.gpus().ifPresent(n -> natives.put("gpus", one("--gres", "gpu:" + n)));
    resources.time().ifPresent(t -> natives.put("time", one("--time", WallTime.format(t))));
    resources.queue().ifPresent(q -> natives.put("queue", one("--partition", q)));
    resources.account().ifPresent(a -> natives.put("account", one("--account", a)));
    return natives;
  }

  @Override
  public Optional<Integer> tasks(Directive directive) {
    boolean isAll = directive.key().equals("-n") || directive.key().equals("--ntasks");
    return directive.value().filter(value -> isAll).flatMap(SlurmFields::count);
  }

  /// `B:` because the wrapper hands signals on; without it they would go to steps alone.
  @Override
  public List<Directive> warn(Warning warning) {
    String when = "B:%s@%d".formatted(warning.signal(), warning.before().toSeconds());
    List<Directive> directives = new ArrayList<>(one("--signal", when));
    if (warning.requeue()) {
      directives.add(new Directive("--requeue", Optional.empty()));
    }
    return directives;
  }

  /// A job whose dependency fails would wait for ever.
  @Override
  public Optional<List<Directive>> after(
      Map<After.When, List<NativeId>> waits, List<Directive> asked) {
    List<String> all = new ArrayList<>();
    asked.stream()
        .filter(d -> canonical(d.key()).equals(Optional.of("dependency")))
        .forEach(d -> d.value().ifPresent(all::add));
    for (Map.Entry<After.When, List<NativeId>> wait : waits.entrySet()) {
      String type =
          switch (wait.getKey()) {
            case OK -> "afterok";
            case ANY -> "afterany";
            case FAILED -> "afternotok";
          };
      if (cluster(wait.getValue()).isPresent()) {
        return Optional.empty();
      }
      wait.getValue().forEach(id -> all.add(type + ":" + id.text()));
    }
    return Optional.of(
        List.of(
            directive("--dependency", String.join(",", all)),
            directive("--kill-on-invalid-dep", "yes")));
  }

  /// The signal of the warning, and what puts a job back that ends after it.
  private static String requeue(List<Directive> directives, boolean wanted) {
    return directives.stream()
        .filter(d -> d.key().equals("--signal"))
        .flatMap(d -> d.value().stream())
        .map(SIGNAL::matcher)
        .filter(Matcher::matches)
        .map(signal -> signal.group(1) + (wanted ? " scontrol requeue" : ""))
        .findFirst()
        .orElse("");
  }

  @Override
  public Optional<ScriptDirectives> directivesIn(String script, String name) {
    return Optional.of(ScriptDirectives.read(script, "#SBATCH", name));
  }

  @Override
  public boolean isOption(String key) {
    return canonical(key).isPresent() || SlurmOptions.isKnown(key);
  }

  @Override
  public Optional<String> refusal(Directive directive) {
    return SlurmOptions.refusal(directive);
  }

  @Override
  public Optional<String> remark(Directive directive) {
    return SlurmOptions.remark(directive);
  }

  @Override
  public Asked asked(List<Directive> directives) {
    return SlurmAsked.of(directives);
  }

  private static List<Directive> one(String key, Object value) {
    return List.of(new Directive(key, Optional.of(value.toString())));
  }

  @Override
  public LaunchFiles render(JobRequest job) {
    String ids = job.carriers() > 1 ? "%A_%a" : "%j";
    String output = job.run().resolve("scheduler").toString().replace("%", "%%");
    List<Directive> directives =
        new Directives(this)
            .over(
                List.of(
                    directive("--job-name", job.name()),
                    directive("--output", output + "/slurm-" + ids + ".txt"),
                    directive("--open-mode", "append"),
                    directive("--comment", job.token())))
            .over(job.directives())
            .list();
    StringBuilder script = new StringBuilder("#!/bin/bash -l\n");
    directives.forEach(directive -> script.append(line(directive)));
    if (job.carriers() > 1) {
      String throttle = job.slots() > 0 ? "%" + job.slots() : "";
      script.append(line(directive("--array", "0-" + (job.carriers() - 1) + throttle)));
    }
    script.append(
        BatchScript.body(
            job,
            new BatchScript.Own(
                "${SLURM_ARRAY_TASK_ID:-0}",
                "${SLURM_ARRAY_JOB_ID:-$SLURM_JOB_ID}${SLURM_ARRAY_TASK_ID:+_$SLURM_ARRAY_TASK_ID}",
                "${SLURM_RESTART_COUNT:-0}",
                requeue(directives, job.requeue()),
                "${SLURM_CPUS_ON_NODE:-1}",
                "$((${SLURM_CPUS_PER_TASK:-1} * ${SLURM_NTASKS:-1}))")));
    return new LaunchFiles(script.toString(), BatchScript.others(job));
  }

  private static Directive directive(String key, String value) {
    return new Directive(key, Optional.of(value));
  }

  /// `sbatch` reads words in quotes as a shell does, and takes what follows ` #` for a remark.
  private static String line(Directive directive) {
    String value = directive.value().map(Slurm::quoted).orElse("");
    String between = value.isEmpty() ? "" : directive.key().startsWith("--") ? "=" : " ";
    return "#SBATCH " + directive.key() + between + value + "\n";
  }

  private static String quoted(String value) {
    return value.matches("[A-Za-z0-9_./:,=+@%~^|*\\[\\]-]*")
        ? value
        : "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  // -------------------------------------------------------------------------------------------
  // Submitting

  /// Inside a job of Slurm its variables would become options of what is asked for.
  static final String OUTSIDE =
      """
      if [ -n "${SLURM_JOB_ID-}" ]; then
        for kz_name in $(env | sed -n 's/^\\(SLURM_[A-Z0-9_]*\\)=.*/\\1/p'); do
          case $kz_name in SLURM_CONF | SLURM_CLUSTERS) ;; *) unset "$kz_name" ;; esac
        done
      fi
      """;

  /// Ctrl-C at a terminal reaches this command as well, and must not leave open whether it has
  /// submitted.
  private static final String SBATCH =
      "trap '' INT\n" + OUTSIDE + "exec sbatch --parsable \"$1\" </dev/null\n";

  @Override
  public Command submit(Path run, int submission) {
    return Command.of("/bin/sh", "-c", SBATCH, "sbatch", BatchScript.of(run, submission));
  }

  @Override
  public SubmitReply readSubmit(Completed reply) {
    String warning = reply.errorText().strip();
    for (String line : reply.text().lines().toList().reversed()) {
      Matcher parsable = PARSABLE.matcher(line.strip());
      if (parsable.matches()) {
        return accepted(line.strip(), warning);
      }
      Matcher sentence = SENTENCE.matcher(line);
      if (sentence.find()) {
        String cluster = sentence.group(2) == null ? "" : ";" + sentence.group(2);
        return accepted(sentence.group(1) + cluster, warning);
      }
    }
    String text = (reply.text() + reply.errorText()).strip();
    if (reply.succeeded()) {
      return new SubmitReply.Uncertain(text.isEmpty() ? "`sbatch` said nothing" : text);
    }
    if (reply.exitCode() == 127 && NOT_THERE.matcher(text).find()) {
      return new SubmitReply.Refused("there is no `sbatch` on the PATH");
    }
    int failed = text.lastIndexOf(FAILED);
    if (failed < 0) {
      return BEFORE.matcher(text).find()
          ? new SubmitReply.Refused(text)
          : new SubmitReply.Uncertain(text);
    }
    String verdict = text.substring(failed + FAILED.length());
    if (isFull(verdict, text)) {
      return new SubmitReply.Full(text);
    }
    return BROKEN_OFF.matcher(verdict).find()
        ? new SubmitReply.Uncertain(text)
        : new SubmitReply.Refused(text);
  }

  private static boolean isFull(String verdict, String text) {
    Matcher limit = LIMIT.matcher(text);
    boolean named = limit.find();
    return verdict.startsWith("Resource temporarily unavailable")
        || (verdict.startsWith("Job violates accounting/QOS policy (job submit limit")
            && (!named || limit.group().contains("Submit")));
  }

  private static SubmitReply accepted(String id, String warning) {
    return new SubmitReply.Accepted(
        new NativeId(id), Optional.of(warning).filter(text -> !text.isEmpty()));
  }

  @Override
  public Optional<Command> askLimit() {
    return Optional.of(Command.of("scontrol", "show", "config"));
  }

  /// The highest index is one less than MaxArraySize; 1001 is the manual's default.
  @Override
  public int readLimit(Completed reply) {
    Matcher limit = MAX_ARRAY_SIZE.matcher(reply.text());
    return limit.find() ? Math.max(1, Integer.parseInt(limit.group(1))) : 1001;
  }

  /// The queue shows comment and script, the accounting always the line that submitted.
  @Override
  public List<TokenQuery> searches() {
    return List.of(new Search(false), new Search(true));
  }

  /// @param accounting whether to look there, or in the queue
  private record Search(boolean accounting) implements TokenQuery {
    @Override
    public Command ask(Sought sought) {
      if (!accounting) {
        return Command.of("squeue", "--noheader", "--me", "--states=all", "--format=%F|%k|%o");
      }
      String day = sought.begun().minus(Duration.ofDays(2)).toString().substring(0, 10);
      return Command.of(
          "sacct",
          "--noheader",
          "--parsable2",
          "--allocations",
          "--starttime=" + day,
          "--name=" + sought.name(),
          "--format=JobID,Comment,SubmitLine");
    }

    @Override
    public Reply read(Sought sought, Completed reply) {
      String program = accounting ? "sacct" : "squeue";
      if (!reply.succeeded()) {
        return accounting && isDisabled(reply)
            ? new Reply.NotFound()
            : new Reply.Silent(failure(program, reply));
      }
      for (String line : reply.text().lines().toList()) {
        String[] cells = line.split("\\|", 3);
        boolean ours =
            cells.length == 3
                && (cells[1].equals(sought.token())
                    || Arrays.asList(cells[2].split(" ")).contains(sought.script()));
        if (ours) {
          return new Reply.Found(new NativeId(cells[0].replaceFirst("_.*", "")));
        }
      }
      return new Reply.NotFound();
    }
  }

  /// The job says best what it is called: it may come from another submission of the same jobs.
  @Override
  public NativeId idOf(String submission, int tasks, int task, Optional<JobTrace> trace) {
    String id = tasks > 1 ? submission + "_" + task : submission;
    return new NativeId(
        trace
            .map(JobTrace::nativeId)
            .filter(told -> !told.isBlank() && !told.equals(id.replaceFirst(";[^_]*", "")))
            .orElse(id));
  }

  // -------------------------------------------------------------------------------------------
  // Asking

  /// What lives, by the queue; what has ended, by the accounting; and, where that is silent, the
  /// queue's memory, which lasts for MinJobAge (slurm.conf(5)).
  @Override
  public List<StatusQuery> statusQueries() {
    return List.of(new Queue(false), new Accounting(), new Queue(true));
  }

  /// `squeue`.
  ///
  /// @param ended whether to ask for jobs that have ended as well
  private record Queue(boolean ended) implements StatusQuery {
    private static final String FIELDS = "%i|%T|%S|%l|%M|%m|%N|%r";

    @Override
    public Command ask(List<NativeId> ids) {
      // Without `--array` tasks that wait share a line, and its reasons cannot be told apart.
      List<String> words = new ArrayList<>(List.of("squeue", "--noheader", "--array"));
      if (ended) {
        words.add("--states=all");
      }
      cluster(ids).ifPresent(name -> words.add("--clusters=" + name));
      words.add("--format=" + FIELDS);
      // A single unknown id is an error; of several the unknown ones are left out.
      String jobs = jobs(ids);
      words.add("--jobs=" + (jobs.contains(",") ? jobs : jobs + "," + jobs));
      return Command.of(words).with(PLAIN);
    }

    @Override
    public StatusReply read(List<NativeId> asked, Completed reply) {
      boolean unknown = reply.errorText().contains("Invalid job id specified");
      if (!reply.succeeded() && !unknown) {
        return silent(asked, "squeue", reply);
      }
      Rows rows = new Rows();
      for (String line : reply.text().lines().toList()) {
        String[] cells = line.split("\\|", 8);
        if (cells.length == 8) {
          rows.add(cells[0], state(cells), line);
        } else if (!line.isBlank() && !line.startsWith("CLUSTER:")) {
          rows.unread.add(line);
        }
      }
      return rows.reply(asked);
    }

    private static Sighting state(String[] cells) {
      JobFacts facts =
          new JobFacts(
              Optional.empty(),
              Optional.empty(),
              said(cells[7]),
              said(cells[6]),
              SlurmFields.moment(cells[2]),
              Optional.empty(),
              SlurmFields.duration(cells[4]),
              SlurmFields.duration(cells[3]),
              Optional.empty(),
              Optional.empty(),
              said(cells[5]));
      return Slurm.state(cells[1], "", facts);
    }
  }

  /// `sacct`, of whose rows only ends count: what it says of jobs that live may be old. Steps,
  /// which alone know the peak memory, are not asked for: of 3,000 jobs that took 31 s instead of
  /// 1.
  record Accounting() implements StatusQuery {
    static final String FIELDS =
        "JobID,State,ExitCode,UID,Start,End,ElapsedRaw,Timelimit,TotalCPU,ReqMem,NodeList,Reason";

    @Override
    public Command ask(List<NativeId> ids) {
      List<String> words =
          new ArrayList<>(
              List.of("sacct", "--noheader", "--parsable2", "--allocations", "--format=" + FIELDS));
      cluster(ids).ifPresent(name -> words.add("--clusters=" + name));
      words.add("--jobs=" + jobs(ids));
      return Command.of(words).with(PLAIN);
    }

    @Override
    public StatusReply read(List<NativeId> asked, Completed reply) {
      if (!reply.succeeded() && !isDisabled(reply)) {
        return silent(asked, "sacct", reply);
      }
      Rows rows = new Rows();
      for (String line : reply.text().lines().toList()) {
        String[] cells = line.split("\\|", 12);
        if (cells.length < 12) {
          if (!line.isBlank()) {
            rows.unread.add(line);
          }
        } else if (state(cells).state().isEnd()) {
          rows.add(cells[0], state(cells), line);
        }
      }
      return rows.reply(asked);
    }

    static Sighting.Listed state(String[] cells) {
      String[] exit = cells[2].split(":");
      Optional<Integer> signal = SlurmFields.count(exit.length > 1 ? exit[1] : "");
      JobFacts facts =
          new JobFacts(
              SlurmFields.count(exit[0]),
              signal.filter(number -> number > 0),
              said(cells[11]),
              said(cells[10]),
              SlurmFields.moment(cells[4]),
              SlurmFields.moment(cells[5]),
              SlurmFields.count(cells[6]).map(Duration::ofSeconds),
              SlurmFields.duration(cells[7]),
              SlurmFields.duration(cells[8]),
              Optional.empty(),
              said(cells[9]));
      return Slurm.state(cells[1], cells[3], facts);
    }
  }

  /// Times as seconds since the epoch, and lists of array indices in full.
  static final Map<String, String> PLAIN =
      Map.of("SLURM_TIME_FORMAT", "%s", "SLURM_BITSTR_LEN", "0");

  /// The words of the manuals; one that we do not know is kept and means nothing.
  ///
  /// @param owner the job's user id, as the accounting tells it
  static Sighting.Listed state(String text, String owner, JobFacts facts) {
    String word = text.strip().split(" ")[0].replace("+", "");
    return switch (word) {
      case "PENDING" -> new Sighting.Listed(waiting(facts), Optional.empty(), word, facts);
      case "CONFIGURING", "REQUEUED", "REQUEUE_FED", "SPECIAL_EXIT", "EXPEDITING" ->
          open(JobState.QUEUED, word, facts);
      case "RUNNING", "SIGNALING", "STAGE_OUT", "RESIZING" -> open(JobState.RUNNING, word, facts);
      case "COMPLETING", "UPDATE_DB" -> open(JobState.COMPLETING, word, facts);
      case "SUSPENDED", "STOPPED" -> open(JobState.SUSPENDED, word, facts);
      case "REQUEUE_HOLD", "RESV_DEL_HOLD" -> open(JobState.HELD, word, facts);
      case "COMPLETED" -> new Sighting.Listed(JobState.SUCCEEDED, Optional.empty(), word, facts);
      case "FAILED" -> failed(failure(facts), word, facts);
      case "TIMEOUT" -> failed(Cause.TIMEOUT, word, facts);
      case "OUT_OF_MEMORY" -> failed(Cause.OOM, word, facts);
      case "NODE_FAIL" -> failed(Cause.NODE, word, facts);
      case "PREEMPTED" -> failed(Cause.PREEMPTED, word, facts);
      case "DEADLINE" -> failed(Cause.DEADLINE, word, facts);
      case "BOOT_FAIL", "LAUNCH_FAILED", "RECONFIG_FAIL" -> failed(Cause.LAUNCH, word, facts);
      case "CANCELLED" ->
          new Sighting.Listed(
              JobState.CANCELLED,
              facts.reason().equals(Optional.of("DependencyNeverSatisfied"))
                  ? Optional.of(Cause.DEPENDENCY)
                  : canceller(text, owner),
              text.strip(),
              facts);
      case "REVOKED" ->
          new Sighting.Listed(JobState.CANCELLED, Optional.of(Cause.POLICY), word, facts);
      default -> new Sighting.Listed(JobState.UNKNOWN, Optional.empty(), text.strip(), facts);
    };
  }

  private static Sighting.Listed open(JobState state, String word, JobFacts facts) {
    return new Sighting.Listed(state, Optional.empty(), word, facts);
  }

  private static Sighting.Listed failed(Cause cause, String word, JobFacts facts) {
    return new Sighting.Listed(JobState.FAILED, Optional.of(cause), word, facts);
  }

  private static JobState waiting(JobFacts facts) {
    String reason = facts.reason().orElse("");
    boolean held =
        Set.of("JobHeldUser", "JobHeldAdmin", "DependencyNeverSatisfied").contains(reason)
            || reason.startsWith("launch failed");
    return held ? JobState.HELD : JobState.QUEUED;
  }

  /// `0:53`: its directory or its output could not be opened, and nothing of it ran.
  private static Cause failure(JobFacts facts) {
    Optional<Integer> signal = facts.signal().or(() -> raised(facts.reason().orElse("")));
    if (signal.isEmpty()) {
      return Cause.EXIT;
    }
    return signal.get() == 53 ? Cause.LAUNCH : Cause.SIGNAL;
  }

  /// The queue has no exit code, and says `RaisedSignal:9(Killed)`.
  private static Optional<Integer> raised(String reason) {
    Matcher raised = RAISED.matcher(reason);
    return raised.lookingAt() ? SlurmFields.count(raised.group(1)) : Optional.empty();
  }

  /// `CANCELLED by 2001` in the accounting, which knows the owner; the queue names nobody, and so
  /// does the accounting when Slurm has done it by itself.
  private static Optional<Cause> canceller(String text, String owner) {
    String by = text.replaceFirst(".*CANCELLED(?: by )?", "").strip();
    if (by.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(by.equals(owner) ? Cause.USER : Cause.ADMIN);
  }

  static Optional<String> said(String cell) {
    String text = cell.strip();
    return Set.of("", "None", "N/A", "(null)", "None assigned", "Unknown").contains(text)
        ? Optional.empty()
        : Optional.of(text);
  }

  static boolean isDisabled(Completed reply) {
    return reply.errorText().contains("accounting storage is disabled");
  }

  static String failure(String program, Completed reply) {
    String text = reply.errorText().strip();
    return "`%s` failed with exit code %d%s"
        .formatted(program, reply.exitCode(), text.isEmpty() ? "" : ": " + text);
  }

  static StatusReply silent(List<NativeId> asked, String program, Completed reply) {
    String why = failure(program, reply);
    Map<NativeId, Sighting> sightings = new LinkedHashMap<>();
    asked.forEach(id -> sightings.put(id, new Sighting.Silent(why)));
    return new StatusReply(sightings, List.of());
  }

  /// What was said of jobs and of ranges of array indices.
  private static final class Rows {
    private static final Pattern TASK = Pattern.compile("([0-9]+)_([0-9]+)");
    private static final Pattern RANGES = Pattern.compile("([0-9]+)_\\[([0-9,:-]+)(?:%[0-9]+)?]");

    private final Map<String, Sighting> found = new LinkedHashMap<>();
    private final List<String> unread = new ArrayList<>();

    void add(String id, Sighting sighting, String line) {
      Matcher ranges = RANGES.matcher(id);
      if (ranges.matches()) {
        for (int index : IndexRanges.indices(ranges.group(2))) {
          found.put(ranges.group(1) + "_" + index, sighting);
        }
      } else if (TASK.matcher(id).matches() || id.matches("[0-9]+")) {
        found.put(id, sighting);
      } else {
        unread.add(line);
      }
    }

    StatusReply reply(List<NativeId> asked) {
      Map<NativeId, Sighting> sightings = new LinkedHashMap<>();
      for (NativeId id : asked) {
        sightings.put(id, found.getOrDefault(plain(id), new Sighting.Absent()));
      }
      return new StatusReply(sightings, unread);
    }
  }

  /// The ids without their clusters, arrays as a whole.
  private static String jobs(List<NativeId> ids) {
    Set<String> jobs = new LinkedHashSet<>();
    ids.forEach(id -> jobs.add(plain(id).replaceFirst("_.*", "")));
    return String.join(",", jobs);
  }

  static String plain(NativeId id) {
    return id.text().replaceFirst(";[^_]*", "");
  }

  static Optional<String> cluster(List<NativeId> ids) {
    Set<String> clusters = new TreeSet<>();
    for (NativeId id : ids) {
      if (id.text().contains(";")) {
        clusters.add(id.text().replaceFirst(".*;", "").replaceFirst("_[0-9]+$", ""));
      }
    }
    return clusters.isEmpty() ? Optional.empty() : Optional.of(String.join(",", clusters));
  }

  @Override
  public Optional<SiteQuery> site(String user) {
    return Optional.of(new SlurmSite(user));
  }

  @Override
  public Optional<UsageQuery> usage() {
    return Optional.of(new SlurmUsage());
  }

  // -------------------------------------------------------------------------------------------
  // Waiting

  @Override
  public Optional<Waiting> explain(String reason) {
    return SlurmReasons.of(reason);
  }

  @Override
  public Optional<LimitQuery> limit(String reason) {
    return SlurmLimits.of(reason);
  }

  /// What of several queues one allows is enough, and a time that is left to them they allow.
  @Override
  public Optional<LimitQuery> beforehand(Asked asked) {
    boolean isOne = asked.queue().filter(queue -> queue.contains(",")).isEmpty();
    return asked.time().filter(time -> isOne).flatMap(time -> limit("PartitionTimeLimit"));
  }

  @Override
  public Optional<Command> hold(List<NativeId> ids, boolean hold) {
    List<String> words = new ArrayList<>(List.of("scontrol"));
    cluster(ids).ifPresent(name -> words.add("--clusters=" + name));
    words.add(hold ? "uhold" : "release");
    words.add(String.join(",", ranges(ids)));
    return Optional.of(Command.of(words));
  }

  @Override
  public Optional<Allocations> allocations() {
    return Optional.of(new SlurmAllocations());
  }

  // -------------------------------------------------------------------------------------------
  // Ending

  @Override
  public Command cancel(List<NativeId> ids, boolean now) {
    List<String> words = new ArrayList<>(List.of("scancel", "--quiet"));
    cluster(ids).ifPresent(name -> words.add("--clusters=" + name));
    if (now) {
      words.addAll(List.of("--signal=KILL", "--full"));
    }
    words.addAll(ranges(ids));
    return Command.of(words);
  }

  /// As few words as possible.
  private static List<String> ranges(List<NativeId> ids) {
    Map<String, TreeSet<Integer>> arrays = new LinkedHashMap<>();
    for (NativeId id : ids) {
      String[] parts = plain(id).split("_");
      TreeSet<Integer> indices = arrays.computeIfAbsent(parts[0], job -> new TreeSet<>());
      if (parts.length > 1) {
        indices.add(Integer.valueOf(parts[1]));
      }
    }
    List<String> words = new ArrayList<>();
    arrays.forEach((job, indices) ->
        words.add(indices.isEmpty() ? job : job + "_[" + IndexRanges.text(indices) + "]"));
    return words;
  }

  @Override
  public CancelReply readCancel(List<NativeId> asked, Completed reply) {
    Map<NativeId, String> unreached = new LinkedHashMap<>();
    if (!reply.succeeded()) {
      String why = "`scancel` failed: " + reply.errorText().strip().replace("\n", "; ");
      asked.forEach(id -> unreached.put(id, why));
    }
    return new CancelReply(unreached);
  }
}
