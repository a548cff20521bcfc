package io.karez.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.define.Cause;
import io.karez.define.Finding;
import io.karez.define.JobFacts;
import io.karez.define.Memory;
import io.karez.define.WallTime;
import io.karez.transport.Command;
import io.karez.transport.Completed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What schedulers have really answered, and what a dialect reads out of it.
///
/// A file of `transcripts/DIALECT` holds, line by line: `?` the ids asked about, `$` the command,
/// the reply (`2>` before what came on standard error), `!` its exit code, `-` each line that
/// cannot be read, and `=` what is read of each id. Without ids it tells how a site is set up. A
/// file without `=` waits for its reader. `tests/record.sh` asks the daemons again.
class TranscriptsTest {

  @ParameterizedTest
  @MethodSource("files")
  void isReadAsItWasMeant(Path file) throws IOException {
    Dialect dialect = Dialects.named(file.getName(file.getNameCount() - 2).toString());
    List<String> lines = Files.readAllLines(file);
    if (lines.stream().noneMatch(line -> line.startsWith("? "))) {
      assertThat(site(dialect, lines))
          .isEqualTo(lines.stream().filter(line -> line.startsWith("= ")).toList());
      return;
    }
    List<NativeId> ids = Arrays.stream(only(lines, "? ").split(" ")).map(NativeId::new).toList();
    String command = only(lines, "$ ");
    int from = lines.indexOf("$ " + command) + 1;
    int exit = lines.indexOf("! " + only(lines, "! "));
    StringBuilder out = new StringBuilder();
    StringBuilder err = new StringBuilder();
    for (String line : lines.subList(from, exit)) {
      (line.startsWith("2> ") ? err : out)
          .append(line.startsWith("2> ") ? line.substring(3) : line)
          .append('\n');
    }
    int code = Integer.parseInt(only(lines, "! ").replace("exit ", ""));
    Completed reply = new Completed(code, bytes(out), bytes(err));
    assertThat(read(dialect, command, ids, reply)).isEqualTo(lines.subList(exit + 1, lines.size()));
  }

  /// By the question that the dialect asks with this command.
  private static List<String> read(
      Dialect dialect, String command, List<NativeId> ids, Completed reply) {
    for (StatusQuery query : dialect.statusQueries()) {
      if (String.join(" ", query.ask(ids).words()).equals(command)) {
        return shown(ids, query.read(ids, reply));
      }
    }
    UsageQuery usage = dialect.usage().orElseThrow();
    assertThat(String.join(" ", usage.ask(ids).words())).isEqualTo(command);
    Map<NativeId, Usage> read = usage.read(ids, reply);
    return ids.stream()
        .map(id ->
            "= "
                + id
                + " "
                + Optional.ofNullable(read.get(id)).map(TranscriptsTest::shown).orElse("unknown"))
        .toList();
  }

  /// Several commands with their replies; `@` is the time at which they were asked.
  private static List<String> site(Dialect dialect, List<String> lines) {
    Instant at = Instant.ofEpochSecond(Long.parseLong(only(lines, "@ ")));
    SiteQuery query = dialect.site("researcher").orElseThrow();
    List<SiteQuery.Answer> answers = new ArrayList<>();
    for (Command command : query.ask()) {
      int from = lines.indexOf("$ " + String.join(" ", command.words())) + 1;
      assertThat(from).as(command.toString()).isPositive();
      StringBuilder out = new StringBuilder();
      StringBuilder err = new StringBuilder();
      int line = from;
      while (!lines.get(line).startsWith("! ")) {
        String text = lines.get(line++);
        (text.startsWith("2> ") ? err.append(text.substring(3)) : out.append(text)).append('\n');
      }
      int code = Integer.parseInt(lines.get(line).replace("! exit ", ""));
      answers.add(
          new SiteQuery.Answer(
              Optional.of(new Completed(code, bytes(out), bytes(err))), "", at, at));
    }
    return query.read(answers).stream().map(TranscriptsTest::shown).toList();
  }

  private static String shown(Finding finding) {
    return "= %s %s: %s%s"
        .formatted(
            finding.grade(),
            finding.about(),
            finding.said(),
            finding.hint().map(hint -> " -> " + hint).orElse(""));
  }

  private static List<String> shown(List<NativeId> ids, StatusReply reply) {
    List<String> found = new ArrayList<>();
    reply.unread().forEach(line -> found.add("- " + line));
    for (NativeId id : ids) {
      Sighting sighting = Objects.requireNonNull(reply.sightings().get(id), id.text());
      found.add("= " + id + " " + shown(sighting));
    }
    return found;
  }

  private static String shown(Usage usage) {
    Asked asked = usage.asked();
    return "%s, cpu %s, %s; %s, %s, %s, %s, %s"
        .formatted(
            usage.elapsed().map(TranscriptsTest::seconds).orElse("no time"),
            usage.cpu().map(TranscriptsTest::seconds).orElse("no time"),
            usage.memoryBytes().map(bytes -> bytes + " bytes").orElse("no memory"),
            asked.cores().map(number -> number + " cores").orElse("no cores"),
            asked.memory().map(Memory::toString).orElse("no memory"),
            asked.time().map(WallTime::format).orElse("no limit"),
            asked.nodes().map(number -> number + (number == 1 ? " node" : " nodes")).orElse("?"),
            asked.queue().orElse("?"));
  }

  private static String seconds(Duration time) {
    return "%d.%03d s".formatted(time.toSeconds(), time.toMillisPart());
  }

  static Stream<Path> files() throws IOException, URISyntaxException {
    Path root =
        Path.of(Objects.requireNonNull(TranscriptsTest.class.getResource("/transcripts")).toURI());
    try (Stream<Path> all = Files.walk(root)) {
      return all
          .filter(Files::isRegularFile)
          .filter(TranscriptsTest::isRead)
          .sorted()
          .toList()
          .stream();
    }
  }

  private static boolean isRead(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.anyMatch(line -> line.startsWith("= "));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String shown(Sighting sighting) {
    return switch (sighting) {
      case Sighting.Absent absent -> "absent";
      case Sighting.Gone gone -> "gone: " + gone.how();
      case Sighting.Silent silent -> "silent: " + silent.why();
      case Sighting.Listed listed -> {
        String cause = listed.cause().map(Cause::word).map(word -> " " + word).orElse("");
        JobFacts facts = listed.facts();
        String reason = facts.reason().map(r -> " (" + r + ")").orElse("");
        yield listed.state() + cause + codes(facts) + reason;
      }
    };
  }

  private static String codes(JobFacts facts) {
    return facts.exitCode().map(code -> ": exit " + code).orElse("")
        + facts.signal().map(signal -> ", signal " + signal).orElse("");
  }

  private static String only(List<String> lines, String mark) {
    List<String> found = lines.stream().filter(line -> line.startsWith(mark)).toList();
    assertThat(found).as("lines that begin with `%s`", mark).hasSize(1);
    return found.getFirst().substring(mark.length());
  }

  private static byte[] bytes(StringBuilder text) {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
