package io.karez.scheduler;

import io.karez.define.SubmitTemplate.Directive;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// One submission of a run's jobs, in words that mean the same on every system.
///
/// @param title what people call it, on one line: `run 4 of summary_iris`
/// @param name of the job in the scheduler's own lists: `summary_iris_4`
/// @param uid of the run
/// @param token by which the submission can be found again
/// @param run the run's directory where the jobs run, absolute
/// @param workingDirectory where the programs run, absolute
/// @param submission from 1
/// @param tasks how many jobs it carries
/// @param pack how many of them one job of the scheduler carries, at least 1
/// @param requeue whether a job that ends with failure after its warning is put back
/// @param slots how many at a time; of the scheduler's jobs
/// @param devices the GPUs of each slot; empty when none are asked for
/// @param environment variables to set
/// @param setup shell lines that precede the programs, each of which must succeed
/// @param directives what is asked of the scheduler, in its own words
public record JobRequest(
    String title,
    String name,
    String uid,
    String token,
    Path run,
    Path workingDirectory,
    int submission,
    int tasks,
    int pack,
    boolean requeue,
    int slots,
    List<String> devices,
    Map<String, String> environment,
    List<String> setup,
    List<Directive> directives) {

  public JobRequest {
    devices = List.copyOf(devices);
    setup = List.copyOf(setup);
    directives = List.copyOf(directives);
  }

  /// How many jobs of the scheduler they are.
  public int carriers() {
    return carriers(tasks, pack);
  }

  /// How many jobs of the scheduler carry that many.
  public static int carriers(int tasks, int pack) {
    return Math.ceilDiv(tasks, pack);
  }
}
