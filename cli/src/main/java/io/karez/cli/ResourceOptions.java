package io.karez.cli;

import io.karez.define.Memory;
import io.karez.define.Resources;
import io.karez.define.WallTime;
import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.Problems;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The options that say in canonical words what is asked of a machine.
final class ResourceOptions {
  private final String each;
  private final String memoryHere;
  private final String timeHere;
  private final String tasksHere;

  private @Nullable String nodes;
  private @Nullable String tasks;
  private @Nullable String cpus;
  private @Nullable String memory;
  private @Nullable String gpus;
  private @Nullable String time;
  private @Nullable String queue;
  private @Nullable String account;

  private ResourceOptions(String each, String memoryHere, String timeHere, String tasksHere) {
    this.each = each;
    this.memoryHere = memoryHere;
    this.timeHere = timeHere;
    this.tasksHere = tasksHere;
  }

  /// What each job of a run asks for, on this machine or elsewhere.
  static ResourceOptions ofEachJob() {
    return new ResourceOptions(
        " of each job",
        "; on this machine only so many jobs run at a time as have room",
        "; nothing enforces it on this machine",
        ": the program is started once, and starts the others itself (`srun`, `mpirun`)");
  }

  static ResourceOptions inAll() {
    return new ResourceOptions("", "", "", "");
  }

  void declare(Options options) {
    options
        .value("--nodes", "N", "nodes" + each, value -> nodes = value)
        .value("--tasks", "N", "processes" + each + tasksHere, value -> tasks = value)
        .value("--cpus", "N", "cores of each task", value -> cpus = value)
        .value("--memory", "M", "memory of each node: `2G`" + memoryHere, value -> memory = value)
        .value("--gpus", "N", "GPUs of each node", value -> gpus = value)
        .value("--time", "T", "wall time: `1h`, `1-00:00:00`" + timeHere, value -> time = value)
        .value("--queue", "Q", "the queue (Slurm: partition) to wait in", value -> queue = value)
        .value("--account", "A", "the account that is charged", value -> account = value);
  }

  /// @throws InvalidInputException with all values that cannot be read
  Resources read() {
    Problems problems = new Problems();
    Resources resources =
        new Resources(
            read("--nodes", nodes, text -> number(text, 1), problems),
            read("--tasks", tasks, text -> number(text, 1), problems),
            read("--cpus", cpus, text -> number(text, 1), problems),
            read("--memory", memory, text -> Memory.parse(text, Place.of("--memory")), problems),
            read("--gpus", gpus, text -> number(text, 0), problems),
            read("--time", time, text -> WallTime.parse(text, Place.of("--time")), problems),
            Optional.ofNullable(queue),
            Optional.ofNullable(account));
    problems.throwIfAny();
    return resources;
  }

  /// By canonical names, as text; only what is asked for.
  static Map<String, String> shown(Resources resources) {
    Map<String, String> shown = new LinkedHashMap<>();
    resources.nodes().ifPresent(n -> shown.put("nodes", n.toString()));
    resources.tasks().ifPresent(n -> shown.put("tasks", n.toString()));
    resources.cpus().ifPresent(n -> shown.put("cpus", n.toString()));
    resources.memory().ifPresent(m -> shown.put("memory", m.toString()));
    resources.gpus().ifPresent(n -> shown.put("gpus", n.toString()));
    resources.time().ifPresent(t -> shown.put("time", WallTime.format(t)));
    resources.queue().ifPresent(q -> shown.put("queue", q));
    resources.account().ifPresent(a -> shown.put("account", a));
    return shown;
  }

  private static <T> Optional<T> read(
      String option, @Nullable String text, Function<String, T> reader, Problems problems) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(reader.apply(text));
    } catch (InvalidInputException e) {
      e.problems().forEach(problems::add);
    } catch (IllegalArgumentException e) {
      problems.add(Problem.at(Place.of(option), "`%s` %s".formatted(text, e.getMessage())));
    }
    return Optional.empty();
  }

  private static int number(String text, int least) {
    if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < least) {
      throw new IllegalArgumentException("is not a whole number of at least " + least);
    }
    return Integer.parseInt(text);
  }
}
