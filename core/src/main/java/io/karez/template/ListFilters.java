package io.karez.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Filters of lists and dicts.
final class ListFilters {
  static final Map<String, Filters.Filter> ALL =
      Map.ofEntries(
          Map.entry("length", (value, args) -> Values.of(Values.length(value))),
          Map.entry("count", (value, args) -> Values.of(Values.length(value))),
          Map.entry("list", (value, args) -> new ArrayList<>(Values.list(value))),
          Map.entry("first", (value, args) -> edge(Values.list(value), true)),
          Map.entry("last", (value, args) -> edge(Values.list(value), false)),
          Map.entry("reverse", ListFilters::reverse),
          Map.entry("sort", ListFilters::sort),
          Map.entry("unique", ListFilters::unique),
          Map.entry("min", (value, args) -> extreme(value, args, 1)),
          Map.entry("max", (value, args) -> extreme(value, args, -1)),
          Map.entry("sum", ListFilters::sum),
          Map.entry("map", ListFilters::map),
          Map.entry("select", (value, args) -> select(value, args, true)),
          Map.entry("reject", (value, args) -> select(value, args, false)),
          Map.entry("selectattr", (value, args) -> selectPart(value, args, true)),
          Map.entry("rejectattr", (value, args) -> selectPart(value, args, false)),
          Map.entry("batch", ListFilters::batch),
          Map.entry("slice", ListFilters::slice),
          Map.entry("groupby", ListFilters::group),
          Map.entry("dictsort", ListFilters::sortDict),
          Map.entry("items", ListFilters::items));

  /// What the parts of a group are also called.
  private static final List<String> GROUP = List.of("grouper", "list");

  private ListFilters() {}

  private static Object edge(List<Object> items, boolean first) {
    if (items.isEmpty()) {
      return new Undefined("the %s of no items".formatted(first ? "first" : "last"), "", false);
    }
    return first ? items.getFirst() : items.getLast();
  }

  private static Object reverse(Object value, Args args) {
    args.bind();
    if (value instanceof String text) {
      return new StringBuilder(text).reverse().toString();
    }
    return Items.generator(new ArrayList<>(Values.list(value)).reversed());
  }

  /// Text in lower case, unless case counts.
  private static Object key(Object item, Optional<Object> attribute, boolean caseSensitive) {
    Object part = attribute.map(path -> Filters.part(item, path)).orElse(item);
    return !caseSensitive && part instanceof String text ? text.toLowerCase(Locale.ROOT) : part;
  }

  private static Object sort(Object value, Args args) {
    Args.Bound bound = args.bind("reverse", "case_sensitive", "attribute");
    boolean caseSensitive = bound.flag("case_sensitive", false);
    List<Optional<Object>> keys =
        bound
            .get("attribute")
            .map(path ->
                List.of(Texts.str(path).split(",")).stream()
                    .map(part -> Optional.<Object>of(part.strip()))
                    .toList())
            .orElse(List.of(Optional.empty()));
    Comparator<Object> order =
        (a, b) -> {
          for (Optional<Object> path : keys) {
            int compared = Values.compare(key(a, path, caseSensitive), key(b, path, caseSensitive));
            if (compared != 0) {
              return compared;
            }
          }
          return 0;
        };
    List<Object> sorted = new ArrayList<>(Values.list(value));
    sorted.sort(bound.flag("reverse", false) ? (a, b) -> order.compare(b, a) : order);
    return sorted;
  }

  private static Object unique(Object value, Args args) {
    Args.Bound bound = args.bind("case_sensitive", "attribute");
    List<Object> seen = new ArrayList<>();
    List<Object> all = new ArrayList<>();
    for (Object item : Values.list(value)) {
      Object key = key(item, bound.get("attribute"), bound.flag("case_sensitive", false));
      if (seen.stream().noneMatch(one -> Values.equal(one, key))) {
        seen.add(key);
        all.add(item);
      }
    }
    return Items.generator(all);
  }

  private static Object extreme(Object value, Args args, int sign) {
    Args.Bound bound = args.bind("case_sensitive", "attribute");
    boolean caseSensitive = bound.flag("case_sensitive", false);
    Comparator<Object> order =
        (a, b) ->
            sign
                * Values.compare(
                    key(a, bound.get("attribute"), caseSensitive),
                    key(b, bound.get("attribute"), caseSensitive));
    return Values.list(value).stream()
        .min(order)
        .orElseGet(() -> new Undefined("the extreme of no items", "", false));
  }

  private static Object sum(Object value, Args args) {
    Args.Bound bound = args.bind("attribute", "start");
    Object sum = bound.or("start", Values.of(0));
    for (Object item : Values.list(value)) {
      sum =
          Arithmetic.of(
              "+", sum, bound.get("attribute").map(path -> Filters.part(item, path)).orElse(item));
    }
    return sum;
  }

  /// What is empty or false has no items here, whatever it is.
  private static List<Object> itemsOf(Object value) {
    return Values.isTrue(value) ? Values.list(value) : List.of();
  }

  private static Object map(Object value, Args args) {
    Object attribute = args.named().get("attribute");
    if (attribute != null) {
      Object otherwise = args.named().get("default");
      return Items.generator(
          itemsOf(value).stream()
              .map(item -> Filters.part(item, attribute))
              .map(part -> part instanceof Undefined && otherwise != null ? otherwise : part)
              .toList());
    }
    if (args.positional().isEmpty()) {
      throw Failure.of("`map` needs the name of a filter, or `attribute=`");
    }
    String filter = Texts.str(args.positional().getFirst());
    Args rest = rest(filter, args, 1);
    return Items.generator(
        itemsOf(value).stream().map(item -> Filters.apply(filter, item, rest)).toList());
  }

  private static Args rest(String name, Args args, int from) {
    List<Object> all = args.positional();
    return new Args(name, all.subList(Math.min(from, all.size()), all.size()), args.named());
  }

  private static boolean holds(Object item, Args args, int from) {
    if (args.positional().size() <= from) {
      return Values.isTrue(item);
    }
    String test = Texts.str(args.positional().get(from));
    return Tests.holds(test, item, rest(test, args, from + 1));
  }

  private static Object select(Object value, Args args, boolean wanted) {
    return Items.generator(
        itemsOf(value).stream().filter(item -> holds(item, args, 0) == wanted).toList());
  }

  private static Object selectPart(Object value, Args args, boolean wanted) {
    if (args.positional().isEmpty()) {
      throw Failure.of("`%s` needs the name of an attribute".formatted(args.function()));
    }
    Object path = args.positional().getFirst();
    return Items.generator(
        itemsOf(value).stream()
            .filter(item -> holds(Filters.part(item, path), args, 1) == wanted)
            .toList());
  }

  private static Object batch(Object value, Args args) {
    Args.Bound bound = args.bind("linecount", "fill_with");
    int size = Math.max(1, bound.number("linecount", 1));
    List<Object> all = new ArrayList<>();
    List<Object> items = Values.list(value);
    for (int i = 0; i < items.size(); i += size) {
      List<Object> row = new ArrayList<>(items.subList(i, Math.min(i + size, items.size())));
      bound
          .get("fill_with")
          .ifPresent(fill -> row.addAll(Collections.nCopies(size - row.size(), fill)));
      all.add(row);
    }
    return Items.generator(all);
  }

  private static Object slice(Object value, Args args) {
    Args.Bound bound = args.bind("slices", "fill_with");
    int slices = Math.max(1, bound.number("slices", 1));
    List<Object> items = Values.list(value);
    int each = items.size() / slices;
    int more = items.size() % slices;
    List<Object> all = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < slices; i++) {
      int to = from + each + (i < more ? 1 : 0);
      List<Object> row = new ArrayList<>(items.subList(from, to));
      if (i >= more && bound.get("fill_with").isPresent()) {
        row.add(bound.get("fill_with").get());
      }
      all.add(row);
      from = to;
    }
    return Items.generator(all);
  }

  private static Object group(Object value, Args args) {
    Args.Bound bound = args.bind("attribute", "default", "case_sensitive");
    Object path = bound.need("attribute");
    boolean caseSensitive = bound.flag("case_sensitive", false);
    List<Object> sorted = new ArrayList<>(Values.list(value));
    sorted.sort((a, b) ->
        Values.compare(
            grouped(a, path, bound, caseSensitive), grouped(b, path, bound, caseSensitive)));
    List<Object> groups = new ArrayList<>();
    List<Object> current = new ArrayList<>();
    for (Object item : sorted) {
      boolean same =
          !current.isEmpty()
              && Values.equal(
                  grouped(current.getFirst(), path, bound, caseSensitive),
                  grouped(item, path, bound, caseSensitive));
      if (!same) {
        current = new ArrayList<>();
        groups.add(new Tuple(List.of(grouped(item, path, bound, true), current), GROUP));
      }
      current.add(item);
    }
    return groups;
  }

  private static Object grouped(Object item, Object path, Args.Bound bound, boolean caseSensitive) {
    Object part = Filters.part(item, path);
    Object known = part instanceof Undefined ? bound.or("default", part) : part;
    return !caseSensitive && known instanceof String text ? text.toLowerCase(Locale.ROOT) : known;
  }

  private static Object sortDict(Object value, Args args) {
    Args.Bound bound = args.bind("case_sensitive", "by", "reverse");
    boolean caseSensitive = bound.flag("case_sensitive", false);
    boolean byValue = bound.text("by", "key").equals("value");
    if (!(value instanceof Map<?, ?> map)) {
      throw Failure.of("`dictsort` needs a dict, not a value of type " + Values.type(value));
    }
    List<Object> all = new ArrayList<>();
    map.forEach((key, one) -> all.add(Tuple.of(key, one)));
    Comparator<Object> order =
        (a, b) ->
            Values.compare(
                key(a, Optional.of(byValue ? "1" : "0"), caseSensitive),
                key(b, Optional.of(byValue ? "1" : "0"), caseSensitive));
    all.sort(bound.flag("reverse", false) ? (a, b) -> order.compare(b, a) : order);
    return all;
  }

  private static Object items(Object value, Args args) {
    args.bind();
    if (value instanceof Undefined) {
      return Items.generator(List.of());
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw Failure.of("`items` needs a dict, not a value of type " + Values.type(value));
    }
    List<Object> all = new ArrayList<>();
    new LinkedHashMap<>(map).forEach((key, one) -> all.add(Tuple.of(key, one)));
    return Items.generator(all);
  }
}
