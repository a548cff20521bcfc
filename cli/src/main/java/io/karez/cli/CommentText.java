package io.karez.cli;

import io.karez.inspect.RunView;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;

/// A run's `comment.md`: a head that says which run it is about, then what people wrote.
final class CommentText {
  private static final String BEGIN = "# Run ";

  private CommentText() {}

  /// The head as things stand, and the body.
  static String of(RunView run, String body, TimeZone zone) {
    List<String> lines = new ArrayList<>();
    lines.add(BEGIN + Sentences.name(run.document()));
    lines.add("");
    lines.add("- launched: " + Quantities.moment(run.document().created(), zone));
    lines.add(
        "- finished: " + run.ended().map(at -> Quantities.moment(at, zone)).orElse("not yet"));
    lines.add("- tags: " + (run.tags().isEmpty() ? "none" : String.join(", ", run.tags())));
    lines.add(
        "- description: " + (run.description().isEmpty() ? "none" : oneLine(run.description())));
    lines.add("");
    lines.add(body.strip());
    return String.join("\n", lines).stripTrailing() + "\n";
  }

  /// What people wrote: all of a text without such a head.
  static String body(String text) {
    if (!text.startsWith(BEGIN)) {
      return text.strip();
    }
    List<String> lines = text.lines().toList();
    int at = 1;
    while (at < lines.size() && lines.get(at).isBlank()) {
      at++;
    }
    while (at < lines.size() && lines.get(at).startsWith("- ")) {
      at++;
    }
    return String.join("\n", lines.subList(at, lines.size())).strip();
  }

  /// Both, as paragraphs.
  static String added(String body, String more) {
    return (body + "\n\n" + more.strip()).strip();
  }

  private static String oneLine(String text) {
    return text.lines().map(String::strip).reduce("", (a, b) -> a + " " + b).strip();
  }
}
