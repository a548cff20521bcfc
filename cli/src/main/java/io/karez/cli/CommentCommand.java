package io.karez.cli;

import io.karez.inspect.RunView;
import io.karez.project.Places;
import io.karez.project.Project;
import io.karez.store.AtomicFile;
import io.karez.store.Event;
import io.karez.store.EventLog;
import io.karez.store.RunDirectory;
import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.ShellWords;
import io.karez.transport.Command;
import io.karez.transport.LocalTransport;
import io.karez.transport.TransportException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;

/// Writes a run's `comment.md`: text that is given, what stands on standard input, or what the user
/// writes in an editor.
final class CommentCommand implements Verb {
  private final ProjectOptions project = new ProjectOptions();

  private List<String> words = List.of();

  @Override
  public void declare(Options options) {
    project.declare(options);
    options
        .words("[NAME] RUN [TEXT...]", "1..*", "the run, and what to add", given -> words = given)
        .footer(
            "",
            "Without TEXT an editor opens on a terminal; elsewhere standard input is added.",
            "",
            "Examples:",
            "  karez comment 4 \"learning rate too high\"",
            "  karez comment last <notes.md");
  }

  @Override
  public int run(Console console) throws IOException, TransportException {
    Project here = project.project();
    Inspection inspection = Inspection.of(here);
    RunWords.First named = RunWords.first(words, inspection.store());
    RunDirectory run = named.run().whole("commented");
    RunView view = inspection.runs().view(run);
    String before = Files.isRegularFile(run.comment()) ? Files.readString(run.comment()) : "";
    String body = CommentText.body(before);
    if (!named.rest().isEmpty()) {
      add(console, inspection, view, body, String.join(" ", named.rest()));
    } else if (console.inTerminal()) {
      write(inspection, view, body);
      edit(here, run);
      new EventLog(run).append(new Event.Commented(inspection.clock().instant()));
      say(console, run);
    } else {
      String more = new String(console.in().readAllBytes(), StandardCharsets.UTF_8);
      add(console, inspection, view, body, more);
    }
    return ExitCode.DONE;
  }

  private static void add(
      Console console, Inspection inspection, RunView view, String body, String more) {
    RunDirectory run = view.directory();
    if (more.isBlank()) {
      throw new InvalidInputException(
          Problem.of("the comment is empty")
              .hint("`karez comment %s \"what it has shown\"` adds one".formatted(run.id())));
    }
    write(inspection, view, CommentText.added(body, more));
    say(console, run);
  }

  private static void say(Console console, RunDirectory run) {
    console
        .err()
        .println("run %s: the comment is in %s".formatted(run.id(), Places.shown(run.comment())));
  }

  private static void write(Inspection inspection, RunView view, String body) {
    RunDirectory run = view.directory();
    String text = CommentText.of(view, body, TimeZone.getDefault());
    AtomicFile.write(run.comment(), text, AtomicFile.ORDINARY);
    new EventLog(run).append(new Event.Commented(inspection.clock().instant()));
  }

  /// As `config edit` does: what the settings say, else `$VISUAL` or `$EDITOR`.
  private static void edit(Project here, RunDirectory run) throws TransportException {
    Map<String, String> environment = System.getenv();
    String editor =
        here.config()
            .defaultEditor()
            .or(() -> Optional.ofNullable(environment.get("VISUAL")))
            .or(() -> Optional.ofNullable(environment.get("EDITOR")))
            .filter(words -> !words.isBlank())
            .orElse("vi");
    here.trust().require();
    List<String> command = new ArrayList<>(ShellWords.split(editor, Place.of("default_editor")));
    if (!Programs.isThere(command.getFirst(), Path.of("").toAbsolutePath())) {
      throw new InvalidInputException(
          Problem.of("there is no editor `%s`".formatted(command.getFirst()))
              .hint("`karez comment %s TEXT` needs no editor".formatted(run.id())));
    }
    command.add(run.comment().toString());
    int code = new LocalTransport().runAttached(Command.of(command));
    if (code != 0) {
      throw new InvalidInputException(
          Problem.of("`%s` ended with exit code %d".formatted(editor, code))
              .hint("`karez comment %s TEXT` needs no editor".formatted(run.id())));
    }
  }
}
