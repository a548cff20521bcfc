package io.karez.scheduler;

import io.karez.define.Memory;
import io.karez.define.WallTime;
import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What one job asks for, as far as its words tell; empty is what they leave to the site, or say in
/// a way that tells no number.
///
/// @param tasks processes in all
/// @param cores of all its tasks
/// @param memory of each of its nodes
/// @param time wall clock, as the scheduler takes it
/// @param queue several may be named, in the scheduler's own notation
public record Asked(
    Optional<Integer> nodes,
    Optional<Integer> tasks,
    Optional<Integer> cores,
    Optional<Memory> memory,
    Optional<Duration> time,
    Optional<String> queue) {

  public static final Asked NOTHING =
      new Asked(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /// Where no scheduler reads directives: what `run.json` says. Cores that nobody asked for are not
  /// known, since nothing keeps a program to one.
  public static Asked of(Map<String, String> resources) {
    Optional<Integer> tasks = count(resources, "tasks");
    Optional<Integer> cpus = count(resources, "cpus");
    boolean told = tasks.isPresent() || cpus.isPresent();
    return new Asked(
        count(resources, "nodes"),
        tasks,
        told ? Optional.of(tasks.orElse(1) * cpus.orElse(1)) : Optional.empty(),
        read(resources, "memory", text -> Memory.parse(text, Place.of("memory"))),
        read(resources, "time", text -> WallTime.parse(text, Place.of("time"))),
        Optional.ofNullable(resources.get("queue")));
  }

  /// The same, and what these tell where it does not.
  public Asked or(Asked others) {
    return new Asked(
        nodes.or(others::nodes),
        tasks.or(others::tasks),
        cores.or(others::cores),
        memory.or(others::memory),
        time.or(others::time),
        queue.or(others::queue));
  }

  private static Optional<Integer> count(Map<String, String> resources, String name) {
    return Optional.ofNullable(resources.get(name))
        .filter(text -> text.matches("[1-9][0-9]{0,3}"))
        .map(Integer::valueOf);
  }

  private static <T> Optional<T> read(
      Map<String, String> resources, String name, Function<String, T> reader) {
    try {
      return Optional.ofNullable(resources.get(name)).map(reader);
    } catch (InvalidInputException e) {
      return Optional.empty();
    }
  }
}
