package io.karez.runner;

import java.util.List;

/// What a launch would do.
///
/// @param script the filled template
/// @param scheduler `local` where nothing but this machine or the host runs it
/// @param jobs how many
/// @param directory where the script would run
/// @param transfers the files that would be sent, relative to where they are sent from; those that
///   are there already are not copied again
public record DryRun(
    String script, String scheduler, long jobs, String directory, List<String> transfers) {
  public DryRun {
    transfers = List.copyOf(transfers);
  }
}
