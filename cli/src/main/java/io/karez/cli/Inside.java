package io.karez.cli;

import io.karez.define.Resources;
import io.karez.define.SubmitTemplate.Directive;
import io.karez.scheduler.Allocation;
import io.karez.scheduler.Allocations;
import io.karez.scheduler.Dialect;
import io.karez.scheduler.Directives;
import io.karez.scheduler.Room;
import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.Problems;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// An allocation as the place where the jobs of a run are steps.
///
/// @param room without nodes when nobody tells
record Inside(Allocations allocations, Allocation allocation, Room room) {

  Dialect dialect() {
    return allocations.jobs();
  }

  /// What of it a step can be asked for; the rest the allocation has already.
  Resources possible(Resources each) {
    return new Resources(
        Optional.empty(),
        each.tasks(),
        each.cpus(),
        each.memory(),
        each.gpus(),
        each.time(),
        Optional.empty(),
        Optional.empty());
  }

  /// How many at a time.
  ///
  /// @throws InvalidInputException when not even one fits
  int slots(Resources each, RunOptions options) {
    int fit = room.nodes().isEmpty() ? Math.max(1, allocation.cpus()) : room.slots(each);
    if (fit == 0) {
      throw new InvalidInputException(
          Problem.of(
                  "a job asks for %s, and no node of allocation %s has that"
                      .formatted(asked(each), allocation.id()))
              .hint("its nodes have %s".formatted(nodes())));
    }
    int throttle = options.throttle();
    int most = options.threads == null ? fit : Math.clamp(options.threads, 1, fit);
    return throttle == 0 ? most : Math.min(throttle, most);
  }

  private static String asked(Resources each) {
    String cores = Quantities.count((long) each.cpus().orElse(1) * each.tasks().orElse(1), "core");
    return each.memory().map(memory -> cores + " and " + memory).orElse(cores);
  }

  private String nodes() {
    return String.join(
        ", ",
        room.nodes().stream()
            .map(node ->
                Quantities.count(node.cpus(), "core")
                    + node.memory().map(memory -> " and " + memory).orElse(""))
            .distinct()
            .toList());
  }

  /// @throws InvalidInputException with all natives that cannot be used
  List<Directive> directives(Resources each, List<String> natives) {
    Problems problems = new Problems();
    if (each.nodes().orElse(1) > 1) {
      problems.add(
          Problem.of(
                  "each job asks for %d nodes, and inside an allocation it is a step on one"
                      .formatted(each.nodes().get()))
              .hint(
                  "`karez alloc run %s --nodes %d -- COMMAND` runs a command on several"
                      .formatted(allocation.id(), each.nodes().get())));
    }
    List<Directive> given = AllocStep.natives(allocations, natives, problems);
    for (Directive directive : given) {
      dialect()
          .canonical(directive.key())
          .filter(Set.of("nodes", "tasks")::contains)
          .ifPresent(meaning ->
              problems.add(
                  Problem.at(
                      Place.of("--native"),
                      "`%s` cannot be used: each job is one task on one node"
                          .formatted(directive.key()))));
    }
    problems.throwIfAny();
    return new Directives(dialect())
        .over(List.of(new Directive("--jobid", Optional.of(allocation.id().text()))))
        .over(each)
        .over(given)
        .list();
  }
}
