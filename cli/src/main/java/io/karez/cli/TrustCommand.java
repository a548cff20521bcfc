package io.karez.cli;

import io.karez.project.UserFiles;
import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import java.nio.file.Path;

/// Lets what somebody else has written be executed.
final class TrustCommand implements Verb {
  private String directory = "";

  @Override
  public void declare(Options options) {
    options
        .synopsis("karez trust DIR")
        .words(
            "DIR",
            "1",
            "a project of somebody else, or a directory with such projects",
            words -> {
              if (words.size() > 1) {
                throw new InvalidInputException(
                    Problem.of(
                        "one directory at a time: `%s`".formatted(String.join("`, `", words))));
              }
              directory = words.getFirst();
            })
        .flag("--debug", "show stack traces of failures", () -> {})
        .footer("", "Example: karez trust /shared/group/project");
  }

  @Override
  public int run(Console console) {
    UserFiles user = UserFiles.of(System.getenv());
    Path real = user.trust(Path.of(directory));
    console.out().println("what lies in `%s` may be executed from now on".formatted(real));
    return ExitCode.DONE;
  }
}
