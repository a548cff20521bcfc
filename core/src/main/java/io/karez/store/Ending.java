package io.karez.store;

import io.karez.define.Cause;
import io.karez.define.JobFacts;
import io.karez.define.JobState;
import io.karez.text.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What a scheduler has said of the end of a job, kept because schedulers forget.
///
/// @param state one of the ends
/// @param word the scheduler's own
public record Ending(
    int job, int attempt, JobState state, Optional<Cause> cause, String word, JobFacts facts) {

  /// As part of an event.
  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("job", job);
    fields.put("attempt", attempt);
    fields.put("state", state.name());
    cause.ifPresent(known -> fields.put("cause", known.word()));
    fields.put("word", word);
    facts.exitCode().ifPresent(code -> fields.put("exit_code", code));
    facts.signal().ifPresent(signal -> fields.put("signal", signal));
    facts.reason().ifPresent(reason -> fields.put("reason", reason));
    facts.node().ifPresent(node -> fields.put("node", node));
    facts.started().ifPresent(at -> fields.put("started", at.toString()));
    facts.ended().ifPresent(at -> fields.put("ended", at.toString()));
    facts.elapsed().ifPresent(time -> fields.put("elapsed_s", time.toSeconds()));
    facts.timeLimit().ifPresent(time -> fields.put("time_limit_s", time.toSeconds()));
    facts.cpu().ifPresent(time -> fields.put("cpu_s", time.toSeconds()));
    facts.maxMemoryBytes().ifPresent(bytes -> fields.put("memory_bytes", bytes));
    facts.memoryLimit().ifPresent(limit -> fields.put("memory_limit", limit));
    return fields;
  }

  /// @throws JsonObject.MalformedException when it says no end
  static Ending read(JsonObject fields) {
    JobFacts facts =
        new JobFacts(
            fields.optionalNumber("exit_code").map(Math::toIntExact),
            fields.optionalNumber("signal").map(Math::toIntExact),
            fields.optionalString("reason"),
            fields.optionalString("node"),
            fields.optionalInstant("started"),
            fields.optionalInstant("ended"),
            fields.optionalNumber("elapsed_s").map(Duration::ofSeconds),
            fields.optionalNumber("time_limit_s").map(Duration::ofSeconds),
            fields.optionalNumber("cpu_s").map(Duration::ofSeconds),
            fields.optionalNumber("memory_bytes"),
            fields.optionalString("memory_limit"));
    return new Ending(
        fields.integer("job"),
        fields.integer("attempt"),
        JobState.valueOf(fields.string("state")),
        fields.optionalString("cause").flatMap(Cause::of),
        fields.string("word"),
        facts);
  }
}
