package io.karez.cli;

import com.google.gson.stream.JsonWriter;
import io.karez.define.Cause;
import io.karez.define.Memory;
import io.karez.inspect.Advice;
import io.karez.inspect.Efficiency;
import io.karez.inspect.JobUse;
import io.karez.inspect.RunView;
import io.karez.text.Json;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// `efficiency --json`: bytes, seconds, cores; shares are of 1.
final class EfficiencyJson {
  private EfficiencyJson() {}

  /// @param whole whether the jobs are all of the run
  static void write(Console console, RunView run, Efficiency efficiency, boolean whole)
      throws IOException {
    JsonWriter json = Json.writer(new OutputStreamWriter(console.out(), StandardCharsets.UTF_8));
    json.beginObject();
    json.name("schema").value(RunJson.SCHEMA);
    json.name("run").value(run.document().id().value());
    spread(json, "cpu", efficiency.cpu());
    spread(json, "memory", efficiency.memory());
    spread(json, "time", efficiency.time());
    number(json, "core_s", Optional.of(JobUse.seconds(efficiency.coreTime())));
    number(json, "wasted_core_s", Optional.of(JobUse.seconds(efficiency.wasted())));
    json.name("advice").beginArray();
    if (whole) {
      for (Advice advice : new EfficiencyView(run, efficiency, false).advice()) {
        json.beginObject();
        json.name("about").value(advice.about());
        json.name("sentence").value(advice.sentence());
        json.name("option").value(advice.option().orElse(null));
        json.endObject();
      }
    }
    json.endArray();
    json.name("jobs").beginArray();
    for (JobUse job : efficiency.jobs()) {
      job(json, job);
    }
    json.endArray();
    json.endObject();
    json.flush();
    console.out().println();
  }

  private static void spread(JsonWriter json, String name, Optional<Efficiency.Spread> spread)
      throws IOException {
    json.name(name);
    if (spread.isEmpty()) {
      json.nullValue();
      return;
    }
    Efficiency.Spread known = spread.get();
    json.beginObject();
    json.name("jobs").value(known.jobs());
    number(json, "median", Optional.of(known.median()));
    number(json, "median_share", known.share());
    number(json, "max", Optional.of(known.max()));
    number(json, "max_share", known.maxShare());
    json.name("max_job").value(known.jobAtMax());
    json.name("at_least").value(known.isLeast());
    json.endObject();
  }

  private static void job(JsonWriter json, JobUse job) throws IOException {
    json.beginObject();
    json.name("index").value(job.index());
    json.name("state").value(job.state().name());
    json.name("cause").value(job.cause().map(Cause::word).orElse(null));
    amounts(json, job);
    json.endObject();
  }

  /// The fields that tell what was asked and what was used.
  static void amounts(JsonWriter json, JobUse job) throws IOException {
    json.name("cores").value(job.asked().cores().orElse(null));
    json.name("memory_asked_bytes").value(job.asked().memory().map(Memory::bytes).orElse(null));
    number(json, "time_limit_s", job.asked().time().map(JobUse::seconds));
    number(json, "elapsed_s", job.elapsed().map(JobUse::seconds));
    number(json, "cpu_s", job.cpu().map(JobUse.Amount::value));
    json.name("max_memory_bytes")
        .value(job.memory().map(peak -> Math.round(peak.value())).orElse(null));
    json.name("memory_source").value(job.memory().map(JobUse.Amount::source).orElse(null));
    json.name("memory_at_least").value(job.memory().filter(JobUse.Amount::isLeast).isPresent());
    number(json, "cpu_share", job.cpuShare());
    number(json, "memory_share", job.memoryShare());
    number(json, "time_share", job.timeShare());
    number(json, "wasted_core_s", job.wasted().map(JobUse::seconds));
  }

  /// To a millionth, without an exponent.
  private static void number(JsonWriter json, String name, Optional<Double> number)
      throws IOException {
    json.name(name).value(number.map(EfficiencyJson::plain).orElse(null));
  }

  private static BigDecimal plain(double value) {
    BigDecimal exact =
        BigDecimal.valueOf(value).setScale(6, RoundingMode.HALF_UP).stripTrailingZeros();
    return exact.scale() < 0 ? exact.setScale(0) : exact;
  }
}
