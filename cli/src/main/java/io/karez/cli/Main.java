package io.karez.cli;

import io.karez.launch.Authors;
import io.karez.text.InvalidInputException;
import io.karez.text.Nearest;
import io.karez.text.Problem;
import io.karez.transport.Connecting;
import io.karez.transport.NotRunException;
import io.karez.transport.TransportException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;

/// The entry point: finds the command, fills it, runs it, and says what went wrong.
public final class Main {
  static final String VERSION = Authors.VERSION;

  private Main() {}

  public static void main(String[] args) {
    StandardOutput output = new StandardOutput();
    Console console = Terminals.console(output);
    int code = run(console, List.of(args));
    Optional<String> failure = output.failure();
    if (failure.isPresent()) {
      console.err().println("error: cannot write to standard output: " + failure.get());
      code = ExitCode.FAILED;
    }
    System.exit(code);
  }

  static int run(String... args) {
    return run(Terminals.console(new StandardOutput()), List.of(args));
  }

  static int run(Console console, List<String> words) {
    ErrorReport report = new ErrorReport(console, words.contains("--debug"));
    try {
      Bytes.requireUtf8(words);
      return dispatch(console, words);
    } catch (ParameterException e) {
      return report.usage(e);
    } catch (InvalidInputException e) {
      return report.problems(e.problems(), ExitCode.USAGE);
    } catch (NotRunException e) {
      return report.failure(e, ExitCode.FAILED);
    } catch (TransportException e) {
      return report.failure(e, ExitCode.UNREACHABLE);
    } catch (UncheckedIOException e) {
      return report.failure(e, ExitCode.FAILED);
    } catch (Exception | OutOfMemoryError | StackOverflowError e) {
      return report.failure(e, ExitCode.FAILED);
    } finally {
      console.out().flush();
    }
  }

  private static int dispatch(Console console, List<String> words) throws Exception {
    if (words.isEmpty() || words.getFirst().equals("--help") || words.getFirst().equals("-h")) {
      console.out().print(Help.root(console));
      return ExitCode.DONE;
    }
    if (words.getFirst().equals("help")) {
      List<String> asked = new ArrayList<>(words.subList(1, words.size()));
      asked.add("--help");
      return dispatch(console, asked);
    }
    if (List.of("--version", "-V", "version").contains(words.getFirst())) {
      console.out().println("karez " + VERSION);
      return ExitCode.DONE;
    }
    Optional<CommandTable.Found> found = CommandTable.find(words);
    if (found.isEmpty() && words.size() == 2 && List.of("--help", "-h").contains(words.get(1))) {
      List<CommandTable.Entry> members = CommandTable.group(words.getFirst());
      if (!members.isEmpty()) {
        console.out().print(Help.group(words.getFirst(), members));
        return ExitCode.DONE;
      }
    }
    if (found.isEmpty()) {
      throw new InvalidInputException(unknown(words));
    }
    CommandTable.Entry entry = found.get().entry();
    Verb verb = entry.make().get();
    Options options = new Options();
    verb.declare(options);
    CommandLine line = commandLine(options, entry);
    List<String> rest = found.get().words();
    if (verb instanceof TakesWords taker) {
      rest = taker.take(line.getCommandSpec(), rest);
    }
    try {
      line.parseArgs(withDirectives(rest).toArray(String[]::new));
    } catch (OverwrittenOptionException e) {
      throw new InvalidInputException(repeated(e, rest, entry));
    }
    if (line.isUsageHelpRequested()) {
      console.out().print(Help.of(line, entry, console));
      return ExitCode.DONE;
    }
    options.bind();
    return ScopedValue.where(Connecting.HEARD, new ConnectingLine(console))
        .call(() -> verb.run(console));
  }

  /// A directive may be called like an option of Karez (`--native --time=3`), which the parser
  /// would take it for. A blank before it says nothing to whoever reads it.
  private static List<String> withDirectives(List<String> words) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).equals("--")) {
        all.addAll(words.subList(i, words.size()));
        break;
      }
      boolean follows = i > 0 && words.get(i - 1).equals("--native");
      all.add(follows ? " " + words.get(i) : words.get(i));
    }
    return all;
  }

  private static CommandLine commandLine(Options options, CommandTable.Entry entry) {
    CommandLine line = new CommandLine(options.spec());
    line.setCommandName("karez " + entry.name());
    line.setExpandAtFiles(false);
    line.setPosixClusteredShortOptionsAllowed(false);
    line.setAbbreviatedOptionsAllowed(false);
    line.setUnmatchedOptionsArePositionalParams(false);
    line.setOverwrittenOptionsAllowed(false);
    return line;
  }

  /// The parser names the option by the longest of its names, whichever was typed.
  private static Problem repeated(
      OverwrittenOptionException e, List<String> words, CommandTable.Entry entry) {
    List<String> names = List.of(((OptionSpec) e.getOverwritten()).names());
    List<String> typed =
        words.stream()
            .map(word -> word.split("=", 2)[0])
            .filter(names::contains)
            .distinct()
            .toList();
    String option = "`%s`".formatted(String.join("` and `", typed));
    return Problem.of(
            typed.size() > 1
                ? option + " are one option, which may stand once"
                : option + " may stand once")
        .hint("`karez %s --help` shows how it is used".formatted(entry.name()));
  }

  private static Problem unknown(List<String> words) {
    if (words.getFirst().startsWith("-")) {
      return Problem.of("the first word must be a command, not `%s`".formatted(words.getFirst()))
          .hint("options stand after the command; `karez --help` lists the commands");
    }
    List<String> names = CommandTable.ALL.stream().map(CommandTable.Entry::name).toList();
    List<String> members =
        CommandTable.group(words.getFirst()).stream().map(CommandTable.Entry::name).toList();
    boolean alone = words.size() == 1 || words.get(1).startsWith("-");
    if (alone && !members.isEmpty()) {
      return Problem.of("`%s` needs a second word".formatted(words.getFirst()))
          .hint("there is `karez %s`".formatted(String.join("`, `karez ", members)));
    }
    String both = words.getFirst() + (words.size() > 1 ? " " + words.get(1) : "");
    String word = members.isEmpty() ? words.getFirst() : both;
    return Problem.of("there is no command `" + word + "`")
        .hint(
            Nearest.to(word, names)
                .or(() -> Nearest.to(both, names))
                .map("did you mean `karez %s`?"::formatted)
                .orElse("`karez --help` lists the commands"));
  }
}
