package io.karez.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.scheduler.slurm.Slurm;
import io.karez.transport.Completed;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a real Slurm (24.11.5, November 2026; users and hosts are the lab's) has answered about
/// allocations, and what is read out of it.
///
/// A file of `allocations/slurm` holds the command (`$`), the reply (`2>` before what came on
/// standard error), its exit code (`!`), the allocations that it said it was waiting for (`~`),
/// each line that cannot be read (`-`) and what is read (`=`).
class AllocationTranscriptsTest {
  private final Allocations allocations = new Slurm().allocations().orElseThrow();

  @ParameterizedTest
  @MethodSource("files")
  void isReadAsItWasMeant(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    String program = lines.getFirst().split(" ")[1];
    int exit = 1;
    while (!lines.get(exit).startsWith("! exit ")) {
      exit++;
    }
    List<String> said = lines.subList(1, exit);
    List<String> found = new ArrayList<>();
    if (program.equals("salloc")) {
      said.stream()
          .flatMap(line -> allocations.readWaiting(line.replaceFirst("^2> ", "")).stream())
          .distinct()
          .forEach(id -> found.add("~ " + id));
    }
    int code = Integer.parseInt(lines.get(exit).substring("! exit ".length()));
    found.addAll(read(program, reply(code, said)));
    assertThat(found).isEqualTo(lines.subList(exit + 1, lines.size()));
  }

  private List<String> read(String program, Completed reply) {
    return switch (program) {
      case "salloc" -> List.of("= " + shown(allocations.readGet(reply)));
      case "squeue" -> shown(allocations.readFound(reply));
      case "sacct" ->
          allocations.readHistory(reply).stream().map(id -> "= ended " + id).sorted().toList();
      default -> throw new AssertionError("nothing reads the replies of " + program);
    };
  }

  static Stream<Path> files() throws IOException, URISyntaxException {
    Path root =
        Path.of(
            Objects.requireNonNull(
                    AllocationTranscriptsTest.class.getResource("/allocations/slurm"))
                .toURI());
    try (Stream<Path> all = Files.list(root)) {
      return all.sorted().toList().stream();
    }
  }

  private static String shown(GetReply reply) {
    return switch (reply) {
      case GetReply.Granted granted ->
          ("granted " + granted.id().map(NativeId::text).orElse("")).strip();
      case GetReply.Failed failed -> "failed: " + failed.text().replace("\n", " | ");
    };
  }

  private static List<String> shown(AllocationsReply reply) {
    return switch (reply) {
      case AllocationsReply.Silent silent -> List.of("= silent: " + silent.why());
      case AllocationsReply.Listed listed ->
          Stream.concat(
                  listed.unread().stream().map(line -> "- " + line),
                  listed.allocations().stream().map(a -> "= " + shown(a)))
              .toList();
    };
  }

  private static String shown(Allocation a) {
    return Stream.of(
            a.id().text(),
            "`" + a.name() + "`",
            a.isBatch() ? "batch" : "",
            a.token().map(token -> "token " + token).orElse(""),
            a.state().name(),
            a.reason().orElse(""),
            a.nodes() + " nodes",
            String.join("+", a.hosts()),
            a.cpus() + " cpus",
            a.queue(),
            a.account(),
            "submitted " + a.submitted().map(i -> i.getEpochSecond()).orElse(0L),
            "start " + a.started().map(i -> i.getEpochSecond()).orElse(0L),
            "elapsed " + seconds(a.elapsed()),
            "remaining " + seconds(a.remaining()))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private static String seconds(Optional<Duration> duration) {
    return duration.map(d -> d.toSeconds() + " s").orElse("?");
  }

  private static Completed reply(int code, List<String> lines) {
    return new Completed(
        code,
        text(lines.stream().filter(line -> !line.startsWith("2> "))),
        text(lines.stream().filter(line -> line.startsWith("2> ")).map(l -> l.substring(3))));
  }

  private static byte[] text(Stream<String> lines) {
    return lines
        .map(line -> line + "\n")
        .collect(Collectors.joining())
        .getBytes(StandardCharsets.UTF_8);
  }
}
