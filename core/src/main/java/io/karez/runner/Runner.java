package io.karez.runner;

/// Takes launch scripts to the machine that they run on. It may be used by several threads.
///
/// What fails is a {@link RunnerException}, which says what to do about it.
public sealed interface Runner extends AutoCloseable permits LocalRunner, SshRunner {

  /// Fills the template, sends what is to be sent, and hands the script over. It runs by itself
  /// then: neither the end of this process nor {@link #close} ends it.
  ///
  /// Where a scheduler takes only some of the jobs for now, this waits until it has taken all.
  ///
  /// @throws RunnerException when it could not be handed over; {@link RunnerException#run} tells
  ///   whether there is a run all the same
  LaunchedRun run(Launch launch) throws InterruptedException;

  /// What {@link #run} would do. Nothing is made, sent or asked.
  ///
  /// @throws RunnerException when something is wrong with it
  DryRun dryRun(Launch launch);

  /// A run of this project, whoever has made it.
  ///
  /// @param id as {@link LaunchedRun#id} and the command line say it
  /// @throws RunnerException when there is none of this number
  LaunchedRun find(long id);

  /// Ends the connections that were made. Runs go on.
  @Override
  void close();
}
