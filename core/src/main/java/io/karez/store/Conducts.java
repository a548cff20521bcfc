package io.karez.store;

import io.karez.define.After;
import io.karez.define.Cause;
import io.karez.define.Conduct;
import io.karez.define.RetryPolicy;
import io.karez.define.RunId;
import io.karez.text.JsonObject;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A run's conduct as its `run.json` has it.
final class Conducts {
  private Conducts() {}

  static void write(Conduct conduct, Map<String, @Nullable Object> json) {
    if (conduct.pack() > 1) {
      json.put("pack", conduct.pack());
    }
    if (conduct.requeue()) {
      json.put("requeue", true);
    }
    if (!conduct.after().isEmpty()) {
      json.put("after", conduct.after().stream().map(Conducts::fields).toList());
    }
    if (!conduct.retry().equals(RetryPolicy.NONE)) {
      json.put("retry", conduct.retry().fields());
    }
  }

  private static RetryPolicy retry(JsonObject json) {
    Map<Cause, RetryPolicy.Again> rules = new EnumMap<>(Cause.class);
    for (Cause cause : Cause.values()) {
      json.optionalObject(cause.word())
          .ifPresent(rule ->
              rules.put(
                  cause,
                  new RetryPolicy.Again(
                      rule.integer("times"),
                      rule.optionalString("memory"),
                      rule.optionalString("time"))));
    }
    return new RetryPolicy(rules);
  }

  private static Map<String, Object> fields(After after) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("run", after.run().value());
    fields.put("uid", after.uid());
    fields.put("when", after.when().word());
    return fields;
  }

  static Conduct read(JsonObject json) {
    List<After> after =
        json.objects("after").stream()
            .map(entry ->
                new After(
                    new RunId(entry.integer("run")),
                    entry.string("uid"),
                    After.When.valueOf(entry.string("when").toUpperCase(Locale.ROOT))))
            .toList();
    return new Conduct(
        Math.max(1, json.optionalNumber("pack").orElse(1L).intValue()),
        json.flag("requeue"),
        after,
        json.optionalObject("retry").map(Conducts::retry).orElse(RetryPolicy.NONE));
  }
}
