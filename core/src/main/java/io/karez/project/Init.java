package io.karez.project;

import io.karez.define.Config;
import io.karez.define.ConfigFile;
import io.karez.text.YamlEdit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What has to be written to make a directory a project; pure.
///
/// @param directories to make, relative to the project's root
/// @param files to write, each with its whole new text
/// @param isNewRepository whether git has to be told, too
public record Init(List<Path> directories, List<FileWrite> files, boolean isNewRepository) {

  static final String CONFIG = ".karez/config.yaml";
  private static final List<String> DIRECTORIES = List.of(".karez/experiments", ".karez/datasets");

  public Init {
    directories = List.copyOf(directories);
    files = List.copyOf(files);
  }

  /// A file and its whole new text.
  ///
  /// @param path relative to the project's root
  public record FileWrite(Path path, String text) {}

  /// What is there already.
  ///
  /// @param config the text of `.karez/config.yaml`
  /// @param ignored the text of `.gitignore`
  /// @param directories those of a project's that exist
  /// @param isRepository whether git keeps the directory, or one above it
  public record Existing(
      Optional<String> config,
      Optional<String> ignored,
      List<Path> directories,
      boolean isRepository) {}

  /// @param resultDir for a new project; one that has a configuration keeps its own
  /// @throws io.karez.text.InvalidInputException when there is a configuration with problems
  public static Init plan(Existing existing, String resultDir) {
    List<FileWrite> files = new ArrayList<>();
    String config = existing.config().orElseGet(() -> config(resultDir));
    Config settings = ConfigFile.read(config, CONFIG, Config.BUILT_IN);
    if (existing.config().isEmpty()) {
      files.add(new FileWrite(Path.of(CONFIG), config));
    }
    ignoring(existing.ignored().orElse(""), Path.of(settings.resultDir()).normalize())
        .ifPresent(text -> files.add(new FileWrite(Path.of(".gitignore"), text)));
    List<Path> directories =
        DIRECTORIES.stream()
            .map(Path::of)
            .filter(directory -> !existing.directories().contains(directory))
            .toList();
    return new Init(directories, files, !existing.isRepository());
  }

  /// The text of `.gitignore` with the results added; empty when they are ignored already, or lie
  /// elsewhere.
  private static Optional<String> ignoring(String ignored, Path results) {
    boolean isElsewhere = results.isAbsolute() || results.startsWith("..");
    String bare = results.toString();
    List<String> spellings = List.of(bare, bare + "/", "/" + bare, "/" + bare + "/");
    boolean isIgnored = ignored.lines().map(String::strip).anyMatch(spellings::contains);
    if (isElsewhere || isIgnored || bare.isEmpty()) {
      return Optional.empty();
    }
    String start = ignored.isEmpty() || ignored.endsWith("\n") ? ignored : ignored + "\n";
    return Optional.of(start + bare + "/\n");
  }

  /// What says no more than what is built in stands as a comment: as a value it would hide the
  /// user's own.
  private static String config(String resultDir) {
    String neutral =
        """
        # default_editor: vim           # where neither $VISUAL nor $EDITOR names one
        # logging: INFO
        result_dir: results
        # git: {dirty: record}          # record | refuse | commit
        # snapshot: never               # never | batch | always
        htcondor:
          default:
            # +WishedAcctGroup: group_name
            getenv: 'true'
            request_cpus: 1
            request_disk: 1GB
            request_gpus: 0
            request_memory: 1GB
            universe: vanilla
        slurm:
          default:
            --cpus-per-task: 1
            --ntasks: 1
            --time: 1-00:00:00
        """;
    return YamlEdit.set(neutral, CONFIG, "result_dir", resultDir);
  }
}
