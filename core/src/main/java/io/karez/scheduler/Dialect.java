package io.karez.scheduler;

import io.karez.define.After;
import io.karez.define.SubmitTemplate.Directive;
import io.karez.define.Warning;
import io.karez.transport.Command;
import io.karez.transport.Completed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How one batch system is spoken to. All functions of their arguments, so that a recorded exchange
/// is a complete test.
public interface Dialect extends Directives.Spelling {

  /// As `--runner` names it.
  String name();

  /// Whether jobs go to a batch system, where they wait in a queue and outlive the terminal.
  default boolean isBatch() {
    return true;
  }

  /// Whether jobs start at once, as many as there is room for, so that whoever has started them
  /// stays until they have ended.
  default boolean startsAtOnce() {
    return !isBatch();
  }

  LaunchFiles render(JobRequest job);

  /// Asks for a signal to the wrapper before the wall time ends, and to be put back into the queue
  /// after it; empty where that does not exist.
  default List<Directive> warn(Warning warning) {
    return List.of();
  }

  /// Makes a submission wait for others; empty where the scheduler cannot, or not for these.
  ///
  /// @param waits what has to end, and how
  /// @param asked what the run asks besides, which may be more of the same
  default Optional<List<Directive>> after(
      Map<After.When, List<NativeId>> waits, List<Directive> asked) {
    return Optional.empty();
  }

  /// What a script of this system asks for at its beginning; empty where that is not read.
  ///
  /// @param name of the script, for messages
  /// @throws io.karez.text.InvalidInputException with all lines that cannot be read
  default Optional<ScriptDirectives> directivesIn(String script, String name) {
    return Optional.empty();
  }

  /// Whether people may take this for an option of the scheduler's submit command.
  default boolean isOption(String key) {
    return canonical(key).isPresent();
  }

  /// Why a directive cannot be handed over: it would take from Karez what it rests on.
  default Optional<String> refusal(Directive directive) {
    return Optional.empty();
  }

  /// What a directive takes away that a run can do without.
  default Optional<String> remark(Directive directive) {
    return Optional.empty();
  }

  /// Reads back what directives ask of the scheduler.
  default Asked asked(List<Directive> directives) {
    return Asked.NOTHING;
  }

  /// What tells how many jobs one submission may carry; empty when there is no limit.
  default Optional<Command> askLimit() {
    return Optional.empty();
  }

  /// @return what to keep to, also when the reply does not tell
  default int readLimit(Completed reply) {
    return Integer.MAX_VALUE;
  }

  /// Ways to find out what became of a submission whose answer is not known, live first.
  default List<TokenQuery> searches() {
    return List.of();
  }

  /// The command that hands a submission to the scheduler.
  ///
  /// @param run the run's directory, absolute
  Command submit(Path run, int submission);

  SubmitReply readSubmit(Completed reply);

  /// What to ask about one job.
  ///
  /// @param submission what the scheduler called the submission as a whole
  /// @param tasks how many jobs it carries
  /// @param task the job's place in it, from 0
  /// @param trace what the job itself has said at its start
  NativeId idOf(String submission, int tasks, int task, Optional<JobTrace> trace);

  /// How people call a job; empty while it has no name of its own.
  default Optional<String> shown(NativeId id) {
    return Optional.of(id.text());
  }

  /// Live first, history second; each asks about many jobs at once.
  List<StatusQuery> statusQueries();

  /// What tells how much jobs have used, where something keeps account of it.
  default Optional<UsageQuery> usage() {
    return Optional.empty();
  }

  /// What tells how a site of this scheduler is set up; empty where there is nothing to ask.
  default Optional<SiteQuery> site(String user) {
    return Optional.empty();
  }

  /// How long silence is borne before a job counts as lost: an accounting may be minutes late.
  default Duration patience() {
    return Duration.ofMinutes(10);
  }

  /// How long a program that is asked to end has for it before it is made to. A scheduler sees to
  /// that itself.
  default Duration grace() {
    return Duration.ofSeconds(40);
  }

  /// Why a job waits, in plain words; empty when the dialect does not know the code.
  ///
  /// @param reason the scheduler's own code
  default Optional<Waiting> explain(String reason) {
    return Optional.empty();
  }

  /// What tells which limit keeps a job waiting; empty when the reason is none, or nobody tells.
  ///
  /// @param reason the scheduler's own code
  default Optional<LimitQuery> limit(String reason) {
    return Optional.empty();
  }

  /// What tells beforehand that a job would wait for ever, whatever else waits; empty where nothing
  /// does.
  default Optional<LimitQuery> beforehand(Asked asked) {
    return Optional.empty();
  }

  /// Keeps jobs that wait from starting, or lets them go again; empty where that does not exist.
  ///
  /// @param ids at least one
  /// @param hold whether to keep them
  default Optional<Command> hold(List<NativeId> ids, boolean hold) {
    return Optional.empty();
  }

  /// How nodes are got for a while, to be used from outside; empty where that does not exist.
  default Optional<Allocations> allocations() {
    return Optional.empty();
  }

  /// Ends jobs, whether they run or wait.
  ///
  /// @param ids at least one
  /// @param now without giving the programs time to end by themselves
  Command cancel(List<NativeId> ids, boolean now);

  /// @param asked the ids that {@link #cancel} was given
  CancelReply readCancel(List<NativeId> asked, Completed reply);
}
