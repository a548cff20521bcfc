package io.karez.scheduler;

import io.karez.define.SubmitTemplate.Directive;
import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.Problems;
import io.karez.text.ShellWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a script asks of its scheduler in remarks at its beginning.
///
/// @param directives in their order, without those that have a meaning of their own below
/// @param array the tasks that it is run as; empty for one job
/// @param directory where it wants to run
/// @param leftOut what Karez decides itself: where the output goes
public record ScriptDirectives(
    List<Directive> directives,
    Optional<TaskArray> array,
    Optional<String> directory,
    List<Directive> leftOut) {

  /// Nothing is asked.
  public static final ScriptDirectives NONE =
      new ScriptDirectives(List.of(), Optional.empty(), Optional.empty(), List.of());

  private static final Set<String> ARRAY = Set.of("--array", "-a");
  private static final Set<String> DIRECTORY = Set.of("--chdir", "-D");
  private static final Set<String> OUTPUT =
      Set.of("--output", "-o", "--error", "-e", "--input", "-i", "--open-mode");

  /// Reads the lines that begin with a mark, up to the first command, as `sbatch` does: several
  /// options may share a line, quotes work as in a shell, and ` #` begins a remark.
  ///
  /// @param mark such as `#SBATCH`
  /// @param script its name, for messages
  /// @throws InvalidInputException with all lines that cannot be read
  public static ScriptDirectives read(String text, String mark, String script) {
    List<Directive> directives = new ArrayList<>();
    List<Directive> leftOut = new ArrayList<>();
    Optional<TaskArray> array = Optional.empty();
    Optional<String> directory = Optional.empty();
    Problems problems = new Problems();
    int number = 0;
    for (String line : text.lines().toList()) {
      Place place = new Place(script, ++number, 0);
      if (!line.isBlank() && !line.startsWith("#")) {
        break;
      }
      if (!line.startsWith(mark + " ") && !line.startsWith(mark + "\t")) {
        continue;
      }
      for (Directive directive :
          problems.attempt(() -> line(line.substring(mark.length()), place)).orElse(List.of())) {
        String key = directive.key();
        if (ARRAY.contains(key)) {
          array =
              problems.attempt(() -> TaskArray.parse(directive.value().orElse("").strip(), place));
        } else if (DIRECTORY.contains(key) && directive.value().isPresent()) {
          directory = directive.value();
        } else {
          (OUTPUT.contains(key) ? leftOut : directives).add(directive);
        }
      }
    }
    problems.throwIfAny();
    return new ScriptDirectives(directives, array, directory, leftOut);
  }

  /// Up to a `#` that follows a blank outside of quotes.
  private static String withoutRemark(String text) {
    char quote = 0;
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (c == '#' && Character.isWhitespace(text.charAt(i - 1))) {
        return text.substring(0, i);
      }
    }
    return text;
  }

  private static List<Directive> line(String text, Place place) {
    List<String> words = ShellWords.split(withoutRemark(text), place);
    List<Directive> directives = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (!word.startsWith("-")) {
        throw new InvalidInputException(
            Problem.at(place, "`%s` is no option of the scheduler".formatted(word)));
      }
      int equals = word.startsWith("--") ? word.indexOf('=') : -1;
      boolean joined = !word.startsWith("--") && word.length() > 2;
      boolean apart =
          equals < 0 && !joined && i + 1 < words.size() && !words.get(i + 1).startsWith("-");
      if (equals > 0) {
        directives.add(
            new Directive(word.substring(0, equals), Optional.of(word.substring(equals + 1))));
      } else if (joined) {
        directives.add(new Directive(word.substring(0, 2), Optional.of(word.substring(2))));
      } else {
        directives.add(new Directive(word, apart ? Optional.of(words.get(++i)) : Optional.empty()));
      }
    }
    return directives;
  }
}
