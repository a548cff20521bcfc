package io.karez.cli;

import io.karez.store.Job;
import io.karez.store.RunDirectory;
import io.karez.store.RunFiles;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The parameters of a run's jobs, less those that tell no job from another.
record TellingParameters(Map<Integer, Job> jobs, Set<String> same) {

  static TellingParameters of(RunDirectory run) {
    Map<Integer, Job> jobs = new HashMap<>();
    RunFiles.eachJob(run, job -> jobs.put(job.index(), job));
    return new TellingParameters(jobs, jobs.size() > 1 ? sameForAll(jobs.values()) : Set.of());
  }

  /// As {@link JobsTable#parameters} shows them; empty for a job that is not in the list.
  String of(int index) {
    Job job = jobs.get(index);
    if (job == null) {
      return "";
    }
    Map<String, Object> parameters = new LinkedHashMap<>(job.parameters());
    parameters.keySet().removeAll(same);
    return JobsTable.parameters(parameters);
  }

  private static Set<String> sameForAll(Collection<Job> jobs) {
    Map<String, Object> same = new HashMap<>(jobs.iterator().next().parameters());
    for (Job job : jobs) {
      same.entrySet()
          .removeIf(entry -> !entry.getValue().equals(job.parameters().get(entry.getKey())));
    }
    return same.keySet();
  }
}
