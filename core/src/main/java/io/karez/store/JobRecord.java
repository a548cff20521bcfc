package io.karez.store;

import io.karez.text.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What one attempt of a job says of itself in its `record.jsonl`.
///
/// @param attempt from 1
/// @param start empty when the program was not started
/// @param end empty when it has not ended, or nobody was left to say so
public record JobRecord(int attempt, Optional<Start> start, Optional<End> end) {
  /// Seconds: at most 20 digits and no exponent, since a job can write anything into its record.
  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,11}(\\.[0-9]{1,9})?");

  /// ILL, TRAP, ABRT, BUS, FPE, SEGV and SYS, by Linux's numbers.
  private static final Set<Integer> FAULTS = Set.of(4, 5, 6, 7, 8, 11, 31);

  /// @param at by the clock of the job's machine
  /// @param host as the machine calls itself
  /// @param process names the program's process
  /// @param wrapper names the process that waits for the program
  /// @param nativeId the scheduler's, as the job knows it; empty when it has none
  public record Start(
      Optional<Instant> at, String host, String process, String wrapper, String nativeId) {}

  /// @param at by the clock of the job's machine; empty when the record does not tell
  /// @param elapsed from start to end, on a clock that never jumps
  /// @param status as the wrapper's shell saw it: 0 to 255; empty when nobody saw it, because what
  ///   waited for the program was killed
  /// @param signal that ended the program, when that is certain
  /// @param launch why the program could not be started: `directory`, `program`, `signal`, or for a
  ///   container `engine` or `image`
  /// @param memoryBytes the highest resident memory
  /// @param memorySource `time` or `cgroup` (exact), `samples` (a lower bound)
  /// @param cpu user and system time
  /// @param forwarded the signals handed on to it
  /// @param cancelled whether a cancellation had been asked for by then
  public record End(
      Optional<Instant> at,
      Optional<Duration> elapsed,
      Optional<Integer> status,
      Optional<Integer> signal,
      Optional<String> launch,
      Optional<Long> memoryBytes,
      Optional<String> memorySource,
      Optional<Duration> cpu,
      List<String> forwarded,
      boolean cancelled) {

    /// The signal that ended the program, or that its status may stand for: `kill -9` and `exit
    /// 137` look alike to a shell.
    public Optional<Integer> likelySignal() {
      boolean measured = memorySource.filter("time"::equals).isPresent();
      return signal.or(() ->
          status
              .filter(code -> !measured && code > 128 && code < 128 + 65)
              .map(code -> code - 128));
    }

    /// Whether it was nobody else's doing: the program has ended with a code of its own or by a
    /// fault of its own, or could not be started.
    public boolean isOfItself() {
      return status.isPresent()
          && forwarded.isEmpty()
          && launch.filter("signal"::equals).isEmpty()
          && likelySignal().filter(number -> !FAULTS.contains(number)).isEmpty();
    }
  }

  /// Reads the lines of this attempt; empty when there is none yet. A last line without newline is
  /// not there yet; a line that cannot be read is passed over.
  ///
  /// @throws UncheckedIOException when there is something that cannot be read: what it says is not
  ///   known, which is not the same as nothing
  public static Optional<JobRecord> read(Path file, int attempt) {
    try {
      if (Files.isDirectory(file)) {
        throw new FileSystemException(file.toString(), null, "is a directory");
      }
      return parse(Lines.text(file, StandardCharsets.ISO_8859_1), attempt);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read `" + file + "`", e);
    }
  }

  /// How many ends the file tells of, by attempt: more than one where the scheduler has started it
  /// again.
  ///
  /// @throws IOException when it cannot be read
  public static Map<Integer, Integer> ends(Path file) throws IOException {
    Map<Integer, Integer> ends = new HashMap<>();
    for (String whole : Lines.complete(Lines.text(file, StandardCharsets.ISO_8859_1))) {
      JsonObject.ofLine(whole)
          .filter(line -> line.optionalString("event").equals(Optional.of("end")))
          .flatMap(line -> line.optionalNumber("attempt"))
          .ifPresent(attempt -> ends.merge(attempt.intValue(), 1, Integer::sum));
    }
    return ends;
  }

  static Optional<JobRecord> parse(String text, int attempt) {
    boolean found = false;
    @Nullable JsonObject start = null;
    @Nullable JsonObject end = null;
    for (String whole : Lines.complete(text)) {
      @Nullable JsonObject line = JsonObject.ofLine(whole).orElse(null);
      if (line == null || line.optionalNumber("attempt").orElse(0L) != attempt) {
        continue;
      }
      found = true;
      String event = line.optionalString("event").orElse("");
      if (event.equals("start")) {
        start = line;
        end = null; // the scheduler has started it again
      } else if (event.equals("end")) {
        end = line;
      }
    }
    if (!found) {
      return Optional.empty();
    }
    Optional<JsonObject> started = Optional.ofNullable(start);
    Optional<JsonObject> ended = Optional.ofNullable(end);
    return Optional.of(
        new JobRecord(
            attempt, started.map(JobRecord::start), ended.map(line -> end(line, started))));
  }

  private static Start start(JsonObject line) {
    String place =
        "%s %s %s %s"
            .formatted(
                word(line, "host"), word(line, "machine"), word(line, "boot"), word(line, "pidns"));
    String pid = line.optionalNumber("pid").map(String::valueOf).orElse("?");
    return new Start(
        moment(line, decimal(line, "uptime")),
        word(line, "host"),
        "%s %s %s".formatted(place, pid, word(line, "ticks")),
        "%s %s".formatted(place, line.optionalString("wrapper").orElse("? ?")),
        line.optionalString("native").orElse(""));
  }

  private static End end(JsonObject line, Optional<JsonObject> start) {
    Optional<BigDecimal> ended = decimal(line, "uptime");
    Optional<BigDecimal> began = start.flatMap(s -> decimal(s, "uptime"));
    Optional<BigDecimal> user = decimal(line, "user_s");
    Optional<BigDecimal> system = decimal(line, "system_s");
    return new End(
        start.flatMap(s -> moment(s, ended)),
        began.flatMap(b -> ended.map(e -> seconds(e.subtract(b)))),
        line.flag("unseen") ? Optional.empty() : Optional.of(small(line, "status").orElse(125)),
        small(line, "signal"),
        line.optionalString("launch"),
        line.optionalNumber("memory_kib")
            .filter(kib -> kib >= 0 && kib <= Long.MAX_VALUE / 1024)
            .map(kib -> kib * 1024),
        line.optionalString("memory_source"),
        user.flatMap(u -> system.map(s -> seconds(u.add(s)))),
        line.optionalString("forwarded").map(names -> List.of(names.split(" "))).orElse(List.of()),
        line.flag("cancelled"));
  }

  /// The wrapper looks at the wall clock once and then counts by the uptime.
  private static Optional<Instant> moment(JsonObject start, Optional<BigDecimal> uptime) {
    Optional<BigDecimal> wall = decimal(start, "wall0");
    Optional<BigDecimal> from = decimal(start, "uptime0");
    return wall.flatMap(w -> from.flatMap(f -> uptime.map(u -> w.add(u).subtract(f))))
        .map(JobRecord::seconds)
        .map(Instant.EPOCH::plus);
  }

  private static Duration seconds(BigDecimal seconds) {
    return Duration.ofMillis(seconds.movePointRight(3).longValue());
  }

  /// A number that fits into a byte, as statuses and signals do.
  private static Optional<Integer> small(JsonObject line, String key) {
    return line.optionalNumber(key).filter(n -> n >= 0 && n < 256).map(Math::toIntExact);
  }

  private static Optional<BigDecimal> decimal(JsonObject line, String key) {
    return line.optionalString(key).filter(DECIMAL.asMatchPredicate()).map(BigDecimal::new);
  }

  private static String word(JsonObject line, String key) {
    return line.optionalString(key).filter(text -> !text.isBlank()).orElse("?");
  }
}
