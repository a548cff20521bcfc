package io.karez.project;

import io.karez.store.AtomicFile;
import io.karez.transport.Command;
import io.karez.transport.Completed;
import io.karez.transport.Transport;
import io.karez.transport.TransportException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes a directory a project. What is there already stays, so that a second call changes nothing.
public final class ProjectSetup {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Transport here;

  /// @param here this machine, for git
  public ProjectSetup(Transport here) {
    this.here = here;
  }

  /// What was done.
  ///
  /// @param written the files, relative to the project's root; empty when nothing had to be done
  /// @param commit the new repository's first commit
  /// @param remarks what the user should know besides
  public record Done(List<Path> written, Optional<String> commit, List<String> remarks) {}

  /// Sets up the project, and a git repository with one commit of the files written where there is
  /// none.
  ///
  /// @param resultDir where runs will be kept, unless the project says already
  public Done withRepository(Path root, String resultDir) {
    makeDirectory(root);
    Optional<Boolean> isRepository = isRepository(root);
    Init plan = Init.plan(existing(root, isRepository.orElse(true)), resultDir);
    write(root, plan);
    List<Path> written = plan.files().stream().map(Init.FileWrite::path).toList();
    if (isRepository.isEmpty()) {
      String remark = "git is not to be found, so no repository was made and runs record no commit";
      return new Done(written, Optional.empty(), List.of(remark));
    }
    if (!plan.isNewRepository() || written.isEmpty()) {
      return new Done(written, Optional.empty(), List.of());
    }
    return committed(root, written);
  }

  /// Sets up the project and leaves git alone.
  public Done withoutRepository(Path root, String resultDir) {
    makeDirectory(root);
    Init plan = Init.plan(existing(root, true), resultDir);
    write(root, plan);
    List<Path> written = plan.files().stream().map(Init.FileWrite::path).toList();
    return new Done(written, Optional.empty(), List.of());
  }

  private static Init.Existing existing(Path root, boolean isRepository) {
    List<Path> directories = new ArrayList<>();
    for (String directory : List.of(".karez/experiments", ".karez/datasets")) {
      if (Files.isDirectory(root.resolve(directory))) {
        directories.add(Path.of(directory));
      }
    }
    return new Init.Existing(
        Texts.read(root.resolve(Init.CONFIG), Init.CONFIG),
        Texts.read(root.resolve(".gitignore"), ".gitignore"),
        directories,
        isRepository);
  }

  private static void write(Path root, Init plan) {
    plan.directories().forEach(directory -> makeDirectory(root.resolve(directory)));
    for (Init.FileWrite file : plan.files()) {
      AtomicFile.write(root.resolve(file.path()), file.text(), AtomicFile.ORDINARY);
    }
  }

  private static void makeDirectory(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the directory `" + directory + "`", e);
    }
  }

  /// Empty when there is no git.
  private Optional<Boolean> isRepository(Path root) {
    try {
      return Optional.of(git(root, "rev-parse", "--git-dir").succeeded());
    } catch (TransportException e) {
      return Optional.empty();
    }
  }

  private Done committed(Path root, List<Path> files) {
    List<String> remarks = new ArrayList<>();
    try {
      List<String> paths = files.stream().map(Path::toString).toList();
      boolean hasName =
          git(root, "-c", "user.useConfigOnly=true", "var", "GIT_AUTHOR_IDENT").succeeded();
      List<String> commit = new ArrayList<>();
      if (!hasName) {
        remarks.add(
            "git knows no name and address of yours, so the commit is signed `karez`;"
                + " set them with `git config --global user.name` and `user.email`");
        commit.addAll(List.of("-c", "user.name=karez", "-c", "user.email=karez@localhost"));
      }
      commit.addAll(List.of("commit", "--quiet", "--message", "Set up Karez", "--"));
      commit.addAll(paths);
      List<String> add = new ArrayList<>(List.of("add", "--"));
      add.addAll(paths);
      must(git(root, "init", "--quiet"), "git init");
      must(git(root, add.toArray(String[]::new)), "git add");
      must(git(root, commit.toArray(String[]::new)), "git commit");
      String sha = must(git(root, "rev-parse", "HEAD"), "git rev-parse").text().strip();
      return new Done(files, Optional.of(sha), List.copyOf(remarks));
    } catch (TransportException e) {
      remarks.add("the files are written, but not committed: " + e.getMessage());
      return new Done(files, Optional.empty(), List.copyOf(remarks));
    }
  }

  private Completed git(Path root, String... words) throws TransportException {
    List<String> command = new ArrayList<>(List.of("git", "-C", root.toString()));
    command.addAll(List.of(words));
    return here.run(Command.of(command), LIMIT);
  }

  private static Completed must(Completed reply, String what) throws TransportException {
    if (!reply.succeeded()) {
      throw new TransportException(
          "`%s` exited %d: %s".formatted(what, reply.exitCode(), reply.errorText().strip()));
    }
    return reply;
  }
}
