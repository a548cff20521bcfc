package io.karez.cli;

import io.karez.project.Settings;
import io.karez.store.AtomicFile;
import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.ShellWords;
import io.karez.transport.Command;
import io.karez.transport.LocalTransport;
import io.karez.transport.TransportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Opens the settings in an editor: on a copy, which takes the place of the file when it can be
/// read.
final class ConfigEdit implements Verb {
  private final ConfigScope scope = new ConfigScope();

  @Override
  public void declare(Options options) {
    scope.declare(options);
    options.footer(
        "",
        "The editor is that of $VISUAL, $EDITOR, `default_editor` of the settings, or vi.",
        "",
        "Example: EDITOR=nano karez config edit");
  }

  @Override
  public int run(Console console) throws IOException, TransportException {
    Settings settings = scope.settings();
    String before = settings.text();
    List<String> editor = editor();
    Path copy = Files.createTempFile("karez-", ".yaml");
    editor.add(copy.toString());
    AtomicFile.write(copy, before, AtomicFile.PRIVATE);
    Questions questions = new Questions(console);
    while (true) {
      int code = new LocalTransport().runAttached(Command.of(editor));
      if (code != 0) {
        console
            .err()
            .println("error: the editor exited %d, so nothing was changed".formatted(code));
        Files.delete(copy);
        return ExitCode.FAILED;
      }
      String text = Files.readString(copy);
      if (text.equals(before)) {
        console.out().println("`%s` is as it was".formatted(settings.source()));
        Files.delete(copy);
        return ExitCode.DONE;
      }
      try {
        Optional<MovedResults> results = scope.results();
        settings.replace(before, text);
        console.out().println("`%s` is changed".formatted(settings.source()));
        console.out().flush();
        results.ifPresent(moved -> moved.say(console));
        Files.delete(copy);
        return ExitCode.DONE;
      } catch (InvalidInputException e) {
        new ErrorReport(console, false).problems(e.problems(), ExitCode.USAGE);
        if (!console.inTerminal() || !questions.confirm("edit again?", true)) {
          console.err().println("nothing was changed; your text is kept in `%s`".formatted(copy));
          return ExitCode.USAGE;
        }
      }
    }
  }

  private List<String> editor() {
    String editor =
        Stream.of(System.getenv("VISUAL"), System.getenv("EDITOR"))
            .flatMap(Stream::ofNullable)
            .filter(words -> !words.isBlank())
            .findFirst()
            .or(scope::editor)
            .orElse("vi");
    List<String> words = new ArrayList<>(ShellWords.split(editor, Place.of("the editor")));
    if (!Programs.isThere(words.getFirst(), Path.of("").toAbsolutePath())) {
      throw new InvalidInputException(
          Problem.of("there is no editor `%s`".formatted(words.getFirst()))
              .hint("name one: `EDITOR=nano karez config edit`"));
    }
    return words;
  }
}
