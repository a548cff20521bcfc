package io.karez.define;

import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A program that is run again and again, and what belongs to it.
///
/// @param description may be empty
/// @param path the folder of its code, as written: relative to the project's root, or absolute
/// @param executable as written: relative to the project's root, or absolute
/// @param executableCommand the program that runs the executable, with its arguments as for a shell
///   (`python -u`); empty when the executable runs by itself
/// @param datasets in the order their paths are handed over, none twice
/// @param tags in their order, none twice
/// @param actions in their order, no name twice
/// @param resources what each job asks for, above the site's and below the command line's
/// @param setup shell lines that precede the program, each of which must succeed
/// @param passPaths whether the program receives `--storage_path` and `--dataset_path`
/// @param container the image its jobs run in
/// @param retry which of its jobs are tried again without being asked for
public record Experiment(
    ExperimentName name,
    String description,
    String path,
    String executable,
    String executableCommand,
    List<DatasetName> datasets,
    List<String> tags,
    List<Action> actions,
    Resources resources,
    Environment environment,
    List<String> setup,
    boolean passPaths,
    Optional<String> container,
    RetryPolicy retry) {

  public Experiment {
    if (name.equals(ExperimentName.UNREGISTERED)) {
      throw new InvalidInputException(
          Problem.of(
              "`_` cannot name an experiment, it stands for commands that are not registered"));
    }
    Texts.requireWord("path", path);
    Texts.requireWord("executable", executable);
    Texts.command(executableCommand, executable);
    datasets = List.copyOf(new LinkedHashSet<>(datasets));
    requireDistinctVariables(datasets);
    tags = Texts.tags(tags);
    actions = List.copyOf(actions);
    requireDistinctNames(actions);
    setup = List.copyOf(setup);
    container.ifPresent(image -> Texts.requireWord("container", image));
  }

  /// An experiment of which only the program is known.
  public static Experiment of(ExperimentName name, String executable, String executableCommand) {
    return new Experiment(
        name,
        "",
        folderOf(executable),
        executable,
        executableCommand,
        List.of(),
        List.of(),
        List.of(),
        Resources.NONE,
        Environment.NONE,
        List.of(),
        true,
        Optional.empty(),
        RetryPolicy.NONE);
  }

  /// The words that start its program, before any arguments.
  public List<String> command() {
    return Texts.command(executableCommand, executable);
  }

  public Optional<Action> action(String actionName) {
    return actions.stream().filter(action -> action.name().equals(actionName)).findFirst();
  }

  /// The folder an executable lies in, `.` for the project's root.
  static String folderOf(String executable) {
    int slash = executable.lastIndexOf('/');
    return slash < 0 ? "." : slash == 0 ? "/" : executable.substring(0, slash);
  }

  private static void requireDistinctVariables(List<DatasetName> datasets) {
    Map<String, DatasetName> seen = new HashMap<>();
    for (DatasetName dataset : datasets) {
      DatasetName other = seen.putIfAbsent(dataset.variable(), dataset);
      if (other != null) {
        throw new InvalidInputException(
            Problem.of(
                    "the datasets `%s` and `%s` would both be known to the program as `%s`"
                        .formatted(other, dataset, dataset.variable()))
                .hint("rename one of them"));
      }
    }
  }

  private static void requireDistinctNames(List<Action> actions) {
    Set<String> seen = new HashSet<>();
    for (Action action : actions) {
      if (!seen.add(action.name())) {
        throw new InvalidInputException(
            Problem.of("the action `%s` is defined twice".formatted(action.name())));
      }
    }
  }
}
