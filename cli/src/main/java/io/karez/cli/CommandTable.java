package io.karez.cli;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The commands, in the order in which the help lists them. Only the one that is asked for is
/// loaded.
final class CommandTable {

  /// @param name may be two words: `experiment new`
  /// @param summary one line of the help
  record Entry(String name, String summary, Supplier<Verb> make) {}

  static final List<Entry> ALL =
      List.of(
          new Entry("init", "Make a directory a project", InitCommand::new),
          new Entry("experiment new", "Register an experiment", ExperimentNew::new),
          new Entry("experiment list", "List the experiments", ExperimentList::new),
          new Entry("experiment show", "Show an experiment", ExperimentShow::new),
          new Entry("experiment update", "Change an experiment", ExperimentUpdate::new),
          new Entry(
              "experiment delete", "Remove an experiment, but not its runs", ExperimentDelete::new),
          new Entry("dataset new", "Register a dataset", DatasetNew::new),
          new Entry("dataset list", "List the datasets", DatasetList::new),
          new Entry("dataset show", "Show a dataset", DatasetShow::new),
          new Entry("dataset update", "Change a dataset", DatasetUpdate::new),
          new Entry("dataset delete", "Remove a dataset, but not its data", DatasetDelete::new),
          new Entry("config show", "Show the settings in force", ConfigShow::new),
          new Entry("config set", "Change one setting", ConfigSet::new),
          new Entry("config edit", "Open the settings in an editor", ConfigEdit::new),
          new Entry("doctor", "Look over this machine and its scheduler", DoctorCommand::new),
          new Entry("trust", "Let a project of somebody else be executed", TrustCommand::new),
          new Entry("run", "Run an experiment, or any command after `--`", RunCommand::new),
          new Entry("launch", "Fill a launch template and run the script", LaunchCommand::new),
          new Entry("template list", "List the launch templates", TemplateList::new),
          new Entry("template show", "Show a launch template", TemplateShow::new),
          new Entry("cancel", "End runs, or some of their jobs", CancelCommand::new),
          new Entry("hold", "Keep jobs that wait from starting", HoldCommand::hold),
          new Entry("release", "Let held jobs start", HoldCommand::release),
          new Entry("retry", "Run failed or lost jobs of a run again", RetryCommand::new),
          new Entry(
              "rerun", "Make a new run under the conditions of an old one", RerunCommand::new),
          new Entry("extend", "Add jobs to a run", ExtendCommand::new),
          new Entry("resume", "Go on submitting a run", ResumeCommand::new),
          new Entry("keep", "Stay, to submit and try again what has to wait", KeepCommand::new),
          new Entry("action", "Do something with a run, such as plotting it", ActionCommand::new),
          new Entry("status", "Show runs and how they stand", StatusCommand::new),
          new Entry("show", "Show what was asked of a run and what came of it", ShowCommand::new),
          new Entry("logs", "Show what jobs have printed", LogsCommand::new),
          new Entry("why", "Explain why jobs failed", WhyCommand::new),
          new Entry("explain", "Explain why jobs wait", ExplainCommand::new),
          new Entry(
              "efficiency", "Show what a run used of what it asked for", EfficiencyCommand::new),
          new Entry("wait", "Wait until runs have ended", WaitCommand::new),
          new Entry("alloc get", "Get nodes for a while, to run in", AllocGet::new),
          new Entry("alloc list", "List the allocations", AllocList::new),
          new Entry("alloc run", "Run something inside an allocation", AllocRun::new),
          new Entry("alloc release", "Give allocations back", AllocRelease::new),
          new Entry("upload", "Copy the project to a site", UploadCommand::new),
          new Entry("download", "Copy files from a site", DownloadCommand::new),
          new Entry("tag", "Tag a run", TagCommand::new),
          new Entry("comment", "Write down what a run has shown", CommentCommand::new),
          new Entry("delete", "Delete runs", DeleteCommand::new),
          new Entry("index rebuild", "Make the index of runs anew", IndexRebuildCommand::new));

  /// The seeds' spellings, by the words they begin with.
  private static final List<Alias> ALIASES =
      List.of(
          new Alias(List.of("experiment", "run"), "run"),
          new Alias(List.of("experiment", "status"), "status"),
          new Alias(List.of("experiment", "rerun"), "rerun"),
          new Alias(List.of("experiment", "action"), "action"),
          new Alias(List.of("experiment", "run_explore"), "explore"),
          new Alias(List.of("experiment", "run_comment"), "comment"),
          new Alias(List.of("experiment", "run_delete"), "delete"));

  private CommandTable() {}

  record Alias(List<String> words, String name) {}

  /// A command and the words that are left for it.
  record Found(Entry entry, List<String> words) {}

  static Optional<Found> find(List<String> words) {
    for (Alias alias : ALIASES) {
      if (startsWith(words, alias.words())) {
        return entry(alias.name())
            .map(entry -> new Found(entry, words.subList(alias.words().size(), words.size())));
      }
    }
    for (Entry entry : ALL) {
      List<String> name = List.of(entry.name().split(" "));
      if (startsWith(words, name)) {
        return Optional.of(new Found(entry, words.subList(name.size(), words.size())));
      }
    }
    return Optional.empty();
  }

  /// The commands of two words that begin with this one; empty when there are none.
  static List<Entry> group(String first) {
    return ALL.stream().filter(entry -> entry.name().startsWith(first + " ")).toList();
  }

  static List<Alias> aliases() {
    return ALIASES;
  }

  private static Optional<Entry> entry(String name) {
    return ALL.stream().filter(entry -> entry.name().equals(name)).findFirst();
  }

  private static boolean startsWith(List<String> words, List<String> beginning) {
    return words.size() >= beginning.size() && words.subList(0, beginning.size()).equals(beginning);
  }
}
