package io.karez.store;

import io.karez.define.After;
import io.karez.define.Conduct;
import io.karez.define.RunId;
import io.karez.text.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A run's conduct as its `run.json` has it.
final class Conducts {
  private Conducts() {}

  static void write(Conduct conduct, Map<String, @Nullable Object> json) {
    if (!conduct.after().isEmpty()) {
      json.put("after", conduct.after().stream().map(Conducts::fields).toList());
    }
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
    return new Conduct(after);
  }
}
