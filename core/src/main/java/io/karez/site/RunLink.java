package io.karez.site;

import io.karez.store.RunDirectory;
import io.karez.transport.Command;
import io.karez.transport.Completed;
import io.karez.transport.Transport;
import io.karez.transport.TransportException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// A run, and the way to where its jobs are: this machine, or a site that has the original of what
/// is a copy here.
public sealed interface RunLink permits NearRun, FarRun {

  /// As this process reads it.
  RunDirectory run();

  /// As its jobs see it.
  RunDirectory original();

  /// Runs commands where the jobs are.
  Transport transport();

  /// Runs a command that changes nothing, and brings over what the jobs have left meanwhile.
  ///
  /// @param limit wall time
  Completed ask(Command question, Duration limit) throws TransportException;

  /// Brings over what the jobs have left.
  ///
  /// @return whether anything had to be brought
  boolean look() throws TransportException;

  /// As {@link #look}, of a run that has ended here, and goes on only if somebody has it begin
  /// again there. Who only looks at it does without when the site cannot be reached at once.
  ///
  /// @return whether anything had to be brought
  boolean lookAgain() throws TransportException;

  /// Whether what has ended is not worth a question: the way is long, and nobody wants to act on
  /// it.
  boolean sparesQuestions();

  /// Brings over outputs of jobs, or what has been added to them since the last time.
  ///
  /// @param names relative to the run's directory; `DIRECTORY/*` for the latest files in one
  void bring(List<String> names) throws TransportException;

  /// Runs a command after all that this side has written is there.
  ///
  /// @param limit wall time
  Completed tell(Command command, Duration limit) throws TransportException;

  /// Makes empty files in the original and the copy, in this order, each unless it is there.
  ///
  /// @param names relative to the run's directory
  /// @return those that were not there in the original before, and on a site also those that this
  ///   side has made at an earlier time
  Set<String> mark(List<String> names) throws TransportException;
}
