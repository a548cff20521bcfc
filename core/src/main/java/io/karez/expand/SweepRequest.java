package io.karez.expand;

import io.karez.text.InvalidInputException;
import java.util.List;
import java.util.Optional;

/// Everything that decides which jobs a run has.
///
/// Jobs, from the slowest to the fastest to vary: rows of the table; ranges (`-R`, then those of
/// the parameter file), the later the slower; groups of the file; groups of `-g`; words of
/// `--sweep`, the last the fastest; replicas.
///
/// Arguments: the fixed words with the swept ones in their places, the parameter file's, the
/// group's, the ranges', the table row's.
///
/// @param fixed the words after the experiment's name
/// @param sweep whether fixed words are read in Hydra's sweep syntax
/// @param groups texts of `-g`, split as a shell would
/// @param ranges texts of `-R`
/// @param links names of axes that advance together, separated by commas: `lr,seed`
/// @param filter an expression over the parameters; empty for all sets
/// @param replicas how often each set is run; 1 adds no parameter
public record SweepRequest(
    List<String> fixed,
    boolean sweep,
    List<String> groups,
    List<String> ranges,
    Optional<ParameterFile> file,
    Optional<Table> table,
    List<String> links,
    String filter,
    Optional<Sample> sample,
    int replicas) {

  /// Copies the lists.
  public SweepRequest {
    fixed = List.copyOf(fixed);
    groups = List.copyOf(groups);
    ranges = List.copyOf(ranges);
    links = List.copyOf(links);
  }

  /// One job with these arguments.
  public static SweepRequest of(List<String> fixed) {
    return new SweepRequest(
        fixed,
        false,
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        "",
        Optional.empty(),
        1);
  }

  public SweepRequest withSweep(boolean sweep) {
    return new SweepRequest(
        fixed, sweep, groups, ranges, file, table, links, filter, sample, replicas);
  }

  public SweepRequest withGroups(List<String> groups) {
    return new SweepRequest(
        fixed, sweep, groups, ranges, file, table, links, filter, sample, replicas);
  }

  public SweepRequest withRanges(List<String> ranges) {
    return new SweepRequest(
        fixed, sweep, groups, ranges, file, table, links, filter, sample, replicas);
  }

  public SweepRequest withFile(ParameterFile file) {
    return new SweepRequest(
        fixed, sweep, groups, ranges, Optional.of(file), table, links, filter, sample, replicas);
  }

  public SweepRequest withTable(Table table) {
    return new SweepRequest(
        fixed, sweep, groups, ranges, file, Optional.of(table), links, filter, sample, replicas);
  }

  public SweepRequest withLinks(List<String> links) {
    return new SweepRequest(
        fixed, sweep, groups, ranges, file, table, links, filter, sample, replicas);
  }

  public SweepRequest withFilter(String filter) {
    return new SweepRequest(
        fixed, sweep, groups, ranges, file, table, links, filter, sample, replicas);
  }

  public SweepRequest withSample(Sample sample) {
    return new SweepRequest(
        fixed, sweep, groups, ranges, file, table, links, filter, Optional.of(sample), replicas);
  }

  public SweepRequest withReplicas(int replicas) {
    return new SweepRequest(
        fixed, sweep, groups, ranges, file, table, links, filter, sample, replicas);
  }

  /// @throws InvalidInputException with everything that is wrong
  public Sweep expand() {
    return new Composition(this).sweep();
  }
}
