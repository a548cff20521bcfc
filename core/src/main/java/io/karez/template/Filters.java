package io.karez.template;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/// The filters: those of Jinja2 that a script may need, and `sh`, `options` for shells.
final class Filters {
  private static final Map<String, Filter> ALL = new HashMap<>();

  static {
    ALL.putAll(TextFilters.ALL);
    ALL.putAll(ListFilters.ALL);
    ALL.putAll(NumberFilters.ALL);
    ALL.putAll(ShellFilters.ALL);
    ALL.put("default", Filters::otherwise);
    ALL.put("d", Filters::otherwise);
    ALL.put("attr", Filters::attribute);
    ALL.put("tojson", (value, args) -> JsonText.of(value, args.bind("indent").get("indent")));
  }

  static final Set<String> NAMES = new TreeSet<>(ALL.keySet());

  private Filters() {}

  /// Makes one value of another.
  interface Filter {
    Object apply(Object value, Args args);
  }

  static Object apply(String name, Object value, Args args) {
    Filter filter = ALL.get(name);
    if (filter == null) {
      throw Failure.of("there is no filter `%s`".formatted(name));
    }
    return filter.apply(value, args);
  }

  /// Whether it says itself what becomes of a name without a value.
  static boolean takesUndefined(String name) {
    return name.equals("default") || name.equals("d");
  }

  /// Whether it refuses a name without a value also where that is empty text elsewhere.
  static boolean needsValue(String name) {
    return NumberFilters.ALL.containsKey(name);
  }

  private static Object otherwise(Object value, Args args) {
    Args.Bound bound = args.bind("default_value", "boolean");
    boolean isMissing =
        value instanceof Undefined || (bound.flag("boolean", false) && !Values.isTrue(value));
    return isMissing ? bound.or("default_value", "") : value;
  }

  private static Object attribute(Object value, Args args) {
    String name = Texts.str(args.bind("name").need("name"));
    return Methods.of(value, name)
        .orElseGet(() ->
            new Undefined(
                "`%s` of a value of type %s".formatted(name, Values.type(value)), name, false));
  }

  /// A part of a value: `name`, `0`, `a.b`.
  static Object part(Object value, Object path) {
    Object found = value;
    for (String step : Texts.str(path).split("\\.")) {
      Object key = step.matches("\\d{1,9}") ? Values.of(Integer.valueOf(step)) : step;
      Object of = found;
      found =
          Subscripts.item(of, key)
              .or(() -> Methods.of(of, step))
              .orElseGet(() ->
                  new Undefined(
                      "`%s` of a value of type %s".formatted(step, Values.type(of)), step, false));
    }
    return Objects.requireNonNull(found);
  }
}
