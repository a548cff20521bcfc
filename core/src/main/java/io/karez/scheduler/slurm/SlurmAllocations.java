package io.karez.scheduler.slurm;

import io.karez.define.JobFacts;
import io.karez.define.Memory;
import io.karez.define.Resources;
import io.karez.define.SubmitTemplate.Directive;
import io.karez.scheduler.Allocation;
import io.karez.scheduler.AllocationRequest;
import io.karez.scheduler.Allocations;
import io.karez.scheduler.AllocationsReply;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.Directives;
import io.karez.scheduler.GetReply;
import io.karez.scheduler.IndexRanges;
import io.karez.scheduler.NativeId;
import io.karez.scheduler.Room;
import io.karez.scheduler.Sighting;
import io.karez.transport.Command;
import io.karez.transport.Completed;
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

/// Allocations of Slurm, 24.11 recorded. Manuals: salloc(1), srun(1), squeue(1), scancel(1).
///
/// An allocation is a job without a script. The token begins its comment, which the queue always
/// shows; it is nowhere else, because an allocation that counts is in the queue.
final class SlurmAllocations implements Allocations {
  /// Begins the comment of an allocation that Karez has asked for.
  private static final String MARK = "karez.alloc.";

  private static final Pattern TOKEN = Pattern.compile(Pattern.quote(MARK) + "([0-9a-f]+)(?: .*)?");
  private static final Pattern WAITING =
      Pattern.compile("salloc: (?:Pending job allocation|job) ([0-9]+)(?: queued.*)?");
  private static final Pattern GRANTED =
      Pattern.compile("salloc: Granted job allocation ([0-9]+)", Pattern.MULTILINE);

  /// What `salloc` tells of its way, and not of its end.
  private static final Pattern PROGRESS =
      Pattern.compile(
          "salloc: (?:Pending job allocation [0-9]+|job [0-9]+ queued and waiting for resources)");

  private static final Pattern NODES =
      Pattern.compile("(?m)^ *Nodes=(\\S+) CPU_IDs=(\\S+) Mem=([0-9]{1,15})\\b");

  private static final Pattern OPTION = Pattern.compile("-[A-Za-z]|--[a-z][a-z0-9-]*");
  private static final String SEPARATOR = "^^";
  private static final List<String> FIELDS =
      List.of(
          "JobID",
          "BatchFlag",
          "State",
          "NumNodes",
          "NumCPUs",
          "NodeList",
          "TimeLeft",
          "TimeUsed",
          "SubmitTime",
          "StartTime",
          "Reason",
          "Partition",
          "Account",
          "Comment",
          "Name");

  private final Slurm slurm = new Slurm();

  // -------------------------------------------------------------------------------------------
  // Getting

  @Override
  public Optional<String> canonical(String key) {
    return slurm.canonical(key);
  }

  @Override
  public Map<String, List<Directive>> natives(Resources resources) {
    Map<String, List<Directive>> natives = new LinkedHashMap<>(slurm.natives(resources));
    resources.nodes().ifPresent(n -> natives.put("nodes", List.of(directive("-N", n.toString()))));
    return natives;
  }

  @Override
  public Optional<String> refusal(Directive directive) {
    String key = directive.key();
    if (!OPTION.matcher(key).matches()) {
      return Optional.of("is no option: options begin with `-` or `--`");
    }
    return switch (key) {
      case "-h", "--help", "--usage", "-V", "--version" -> Optional.of("asks for no allocation");
      case "-M", "--clusters" -> Optional.of("cannot be used: only this cluster's are looked for");
      case "--jobid" -> Optional.of("is said by Karez");
      default -> Optional.empty();
    };
  }

  @Override
  public Command get(AllocationRequest request) {
    List<Directive> wished =
        request.directives().stream().filter(d -> !d.key().equals("--comment")).toList();
    String remark =
        request.directives().stream()
            .filter(d -> d.key().equals("--comment"))
            .flatMap(d -> d.value().stream())
            .reduce("", (before, next) -> before + " " + next);
    List<Directive> directives =
        new Directives(this)
            .over(
                List.of(
                    new Directive("--no-shell", Optional.empty()),
                    directive("--job-name", request.name()),
                    directive("--comment", MARK + request.token() + remark)))
            .over(wished)
            .list();
    return Command.of(words("salloc", directives));
  }

  private static Directive directive(String key, String value) {
    return new Directive(key, Optional.of(value));
  }

  static List<String> words(String program, List<Directive> directives) {
    List<String> words = new ArrayList<>(List.of(program));
    for (Directive directive : directives) {
      if (directive.value().isEmpty()) {
        words.add(directive.key());
      } else if (directive.key().startsWith("--")) {
        words.add(directive.key() + "=" + directive.value().get());
      } else {
        words.add(directive.key());
        words.add(directive.value().get());
      }
    }
    return words;
  }

  @Override
  public Optional<NativeId> readWaiting(String line) {
    Matcher waiting = WAITING.matcher(line.strip());
    return waiting.matches() ? Optional.of(new NativeId(waiting.group(1))) : Optional.empty();
  }

  @Override
  public GetReply readGet(Completed reply) {
    String said = (reply.text() + reply.errorText()).strip();
    if (reply.succeeded()) {
      Matcher granted = GRANTED.matcher(said);
      return new GetReply.Granted(
          granted.find() ? Optional.of(new NativeId(granted.group(1))) : Optional.empty());
    }
    List<String> end =
        said.lines().filter(line -> !PROGRESS.matcher(line.strip()).matches()).toList();
    return new GetReply.Failed(
        end.isEmpty()
            ? "`salloc` ended with exit code %d".formatted(reply.exitCode())
            : String.join("\n", end));
  }

  // -------------------------------------------------------------------------------------------
  // Asking

  @Override
  public Command list() {
    return squeue("--me");
  }

  @Override
  public Command find(List<NativeId> ids) {
    Set<String> jobs = new LinkedHashSet<>();
    ids.forEach(id -> jobs.add(id.text()));
    // A single unknown id is an error; of several the unknown ones are left out.
    String all = String.join(",", jobs);
    return squeue("--states=all", "--jobs=" + (jobs.size() > 1 ? all : all + "," + all));
  }

  private static Command squeue(String... which) {
    List<String> words = new ArrayList<>(List.of("squeue", "--noheader"));
    words.addAll(List.of(which));
    words.add("--Format=" + String.join(":" + SEPARATOR + ",", FIELDS) + ":" + SEPARATOR);
    return Command.of(words).with(Slurm.PLAIN);
  }

  @Override
  public AllocationsReply readFound(Completed reply) {
    if (!reply.succeeded()) {
      return new AllocationsReply.Silent(Slurm.failure("squeue", reply));
    }
    List<Allocation> found = new ArrayList<>();
    List<String> unread = new ArrayList<>();
    for (String line : reply.text().lines().filter(text -> !text.isBlank()).toList()) {
      allocation(line).ifPresentOrElse(found::add, () -> unread.add(line));
    }
    return new AllocationsReply.Listed(found, unread);
  }

  private static Optional<Allocation> allocation(String line) {
    String[] cells = line.split(Pattern.quote(SEPARATOR), FIELDS.size());
    Arrays.setAll(cells, i -> cells[i].strip());
    if (cells.length < FIELDS.size() || !cells[0].matches("[0-9]+(_.*)?")) {
      return Optional.empty();
    }
    Sighting.Listed state = Slurm.state(cells[2], "", JobFacts.NONE);
    boolean waits = state.word().equals("PENDING");
    Matcher token = TOKEN.matcher(cells[13]);
    String name = cells[14];
    return Optional.of(
        new Allocation(
            new NativeId(cells[0]),
            name.endsWith(SEPARATOR) ? name.substring(0, name.length() - 2) : name,
            !cells[1].equals("0"),
            token.matches() ? Optional.of(token.group(1)) : Optional.empty(),
            state.state(),
            state.word(),
            Slurm.said(cells[10]).filter(text -> waits),
            SlurmFields.count(cells[3].replaceFirst("-.*", "")).orElse(0),
            waits ? List.of() : SlurmFields.hosts(cells[5]),
            SlurmFields.count(cells[4]).orElse(0),
            cells[11],
            cells[12],
            SlurmFields.moment(cells[8]),
            SlurmFields.moment(cells[9]),
            waits ? Optional.empty() : SlurmFields.duration(cells[7]),
            waits || state.state().isEnd() ? Optional.empty() : SlurmFields.duration(cells[6])));
  }

  @Override
  public Command history(List<NativeId> ids) {
    Set<String> jobs = new LinkedHashSet<>();
    ids.forEach(id -> jobs.add(id.text()));
    return Command.of(
        "sacct",
        "--noheader",
        "--parsable2",
        "--allocations",
        "--format=JobID,State",
        "--jobs=" + String.join(",", jobs));
  }

  @Override
  public Set<NativeId> readHistory(Completed reply) {
    Set<NativeId> ended = new LinkedHashSet<>();
    for (String line : reply.succeeded() ? reply.text().lines().toList() : List.<String>of()) {
      String[] cells = line.split("\\|", 2);
      if (cells.length == 2
          && cells[0].matches("[0-9]+")
          && Slurm.state(cells[1], "", JobFacts.NONE).state().isEnd()) {
        ended.add(new NativeId(cells[0]));
      }
    }
    return ended;
  }

  // -------------------------------------------------------------------------------------------
  // Using and giving back

  /// A step of the whole job would have all that is not in use, or wait for it. So one that is
  /// asked for nothing shares with the others, and one that is asked for something gets just that.
  @Override
  public Command step(
      NativeId id, List<Directive> directives, List<String> program, Set<String> variables) {
    Set<String> asked = new LinkedHashSet<>();
    directives.forEach(d -> asked.add(slurm.canonical(d.key()).orElse(d.key())));
    List<Directive> all = new ArrayList<>(List.of(directive("--jobid", id.text())));
    // Otherwise one Ctrl-C shows how the step stands, and ends nothing.
    all.add(new Directive("--quit-on-interrupt", Optional.empty()));
    if (!asked.contains("nodes") && !asked.contains("tasks")) {
      all.add(directive("--nodes", "1"));
      all.add(directive("--ntasks", "1"));
    }
    if (Set.of("--exact", "--overlap", "--exclusive").stream().noneMatch(asked::contains)) {
      boolean amount = Set.of("cpus", "memory", "gpus").stream().anyMatch(asked::contains);
      all.add(new Directive(amount ? "--exact" : "--overlap", Optional.empty()));
    }
    all.addAll(directives);
    List<String> words = new ArrayList<>(cleaning(variables));
    words.addAll(words("srun", all));
    words.add("--");
    words.addAll(program);
    return Command.of(words);
  }

  /// Inside a job of Slurm its variables would become options of `srun`.
  private static List<String> cleaning(Set<String> variables) {
    if (!variables.contains("SLURM_JOB_ID")) {
      return List.of();
    }
    List<String> words = new ArrayList<>(List.of("env"));
    for (String name : new TreeSet<>(variables)) {
      if (name.matches("SLURM_[A-Z0-9_]+")
          && !Set.of("SLURM_CONF", "SLURM_CLUSTERS").contains(name)) {
        words.add("--unset=" + name);
      }
    }
    return words;
  }

  @Override
  public Dialect jobs() {
    return new SlurmSteps();
  }

  @Override
  public Command askRoom(NativeId id) {
    return Command.of("scontrol", "--details", "show", "job", id.text());
  }

  @Override
  public Room readRoom(Completed reply) {
    List<Room.Node> nodes = new ArrayList<>();
    Matcher some = NODES.matcher(reply.text());
    while (some.find()) {
      int cpus = IndexRanges.indices(some.group(2)).size();
      long mebibytes = Long.parseLong(some.group(3));
      Optional<Memory> memory =
          mebibytes > 0 ? Optional.of(Memory.ofMebibytes(mebibytes)) : Optional.empty();
      SlurmFields.hosts(some.group(1))
          .forEach(host -> nodes.add(new Room.Node(host, cpus, memory)));
    }
    return new Room(nodes);
  }

  @Override
  public Command release(List<NativeId> ids) {
    List<String> words = new ArrayList<>(List.of("scancel"));
    ids.forEach(id -> words.add(id.text()));
    return Command.of(words);
  }
}
