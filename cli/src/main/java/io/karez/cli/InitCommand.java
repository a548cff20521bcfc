package io.karez.cli;

import io.karez.project.Project;
import io.karez.project.ProjectSetup;
import io.karez.project.UserFiles;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import io.karez.transport.LocalTransport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes a directory a project.
final class InitCommand implements Verb {
  private static final String RESULTS = "results";

  private Path directory = Path.of("");
  private @Nullable String resultDir;
  private boolean withoutGit;
  private boolean yes;

  @Override
  public void declare(Options options) {
    options
        .synopsis("karez init [OPTIONS] [DIR]")
        .words(
            "[DIR]",
            "0..1",
            "the directory, made if need be (default: this one)",
            words -> {
              if (words.size() > 1) {
                throw new InvalidInputException(
                    Problem.of(
                        "one directory at a time: `%s`".formatted(String.join("`, `", words))));
              }
              directory = Path.of(words.getFirst());
            })
        .value(
            "--result-dir --result_dir",
            "DIR",
            "where runs are kept, from the project's root (default: results)",
            value -> resultDir = value)
        .flag("--no-git", "make no git repository", () -> withoutGit = true)
        .flag("--yes -y", "take the defaults, do not ask", () -> yes = true)
        .flag("--debug", "show stack traces of failures", () -> {})
        .footer("", "Examples:", "  karez init", "  karez init ~/iris --yes");
  }

  @Override
  public int run(Console console) {
    Path root = directory.toAbsolutePath().normalize();
    if (Files.exists(root) && !Files.isDirectory(root)) {
      throw new InvalidInputException(Problem.of("`%s` is not a directory".formatted(root)));
    }
    boolean isNew = !Files.exists(root.resolve(".karez/config.yaml"));
    String results = isNew ? results(console) : RESULTS;
    remarkOuter(console, root);
    ProjectSetup setup = new ProjectSetup(new LocalTransport());
    ProjectSetup.Done done =
        withoutGit ? setup.withoutRepository(root, results) : setup.withRepository(root, results);
    done.remarks().forEach(remark -> console.err().println("warning: " + Printable.of(remark)));
    if (done.written().isEmpty()) {
      console.out().println("`%s` is a project already".formatted(root));
      return ExitCode.DONE;
    }
    console.out().println("`%s` is a project now".formatted(root));
    String files = done.written().stream().map(Path::toString).collect(Collectors.joining("`, `"));
    console
        .out()
        .println(
            done.commit()
                .map(sha ->
                    "made a git repository, and committed `%s` as %s"
                        .formatted(files, sha.substring(0, 7)))
                .orElse("wrote `%s`".formatted(files)));
    console.out().flush();
    console.err().println("describe an experiment with `karez experiment new`");
    return ExitCode.DONE;
  }

  private String results(Console console) {
    if (resultDir != null) {
      return resultDir;
    }
    return yes || !console.inTerminal()
        ? RESULTS
        : new Questions(console).ask("keep runs in", RESULTS, answer -> answer);
  }

  private static void remarkOuter(Console console, Path root) {
    Optional<Project> outer =
        Optional.ofNullable(root.getParent())
            .flatMap(parent -> Project.around(parent, UserFiles.of(System.getenv())));
    if (outer.isPresent() && !Files.isDirectory(root.resolve(".karez"))) {
      console
          .err()
          .println("warning: this lies inside the project `%s`".formatted(outer.get().root()));
    }
  }
}
