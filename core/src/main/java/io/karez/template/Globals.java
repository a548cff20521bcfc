package io.karez.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The functions that every template knows: those of Jinja2, and the ones of Python that HPCtools
/// hands to its templates, or that are missed at once.
final class Globals {
  static final Map<String, Callable> ALL =
      Map.ofEntries(
          Map.entry("range", Globals::range),
          Map.entry("dict", Globals::dict),
          Map.entry("namespace", args -> new Namespace(names(dict(args)))),
          Map.entry("cycler", args -> new Cycler(args.positional())),
          Map.entry("joiner", args -> new Joiner(args.bind("sep").text("sep", ", "))),
          Map.entry("len", args -> Values.of(Values.length(one(args)))),
          Map.entry("repr", args -> Texts.repr(one(args))),
          Map.entry("str", args -> args.positional().isEmpty() ? "" : Texts.str(one(args))),
          Map.entry("int", args -> converted("int", args)),
          Map.entry("float", args -> converted("float", args)),
          Map.entry("bool", args -> !args.positional().isEmpty() && Values.isTrue(one(args))),
          Map.entry("list", args -> new ArrayList<>(Values.list(one(args)))),
          Map.entry("tuple", args -> new Tuple(List.copyOf(Values.list(one(args))))),
          Map.entry("abs", args -> NumberFilters.absolute(one(args), Args.of("abs"))),
          Map.entry("round", Globals::round),
          Map.entry("min", args -> Filters.apply("min", several(args), sensitive("min"))),
          Map.entry("max", args -> Filters.apply("max", several(args), sensitive("max"))),
          Map.entry("sum", args -> Filters.apply("sum", one(args), Args.of("sum"))),
          Map.entry("any", args -> Values.list(one(args)).stream().anyMatch(Values::isTrue)),
          Map.entry("all", args -> Values.list(one(args)).stream().allMatch(Values::isTrue)),
          Map.entry("sorted", Globals::sorted),
          Map.entry("enumerate", Globals::enumerate),
          Map.entry("zip", Globals::zip));

  private Globals() {}

  private static Object one(Args args) {
    return args.bind("value").need("value");
  }

  private static Object several(Args args) {
    return args.positional().size() == 1 ? args.positional().getFirst() : args.positional();
  }

  private static Args sensitive(String name) {
    return new Args(name, List.of(), Map.of("case_sensitive", true));
  }

  private static Object range(Args args) {
    List<Object> given = args.positional();
    if (given.isEmpty() || given.size() > 3) {
      throw Failure.of("`range` takes one to three numbers, not %d".formatted(given.size()));
    }
    List<BigInteger> numbers = given.stream().map(value -> Values.integer(value, "range")).toList();
    BigInteger step = numbers.size() == 3 ? numbers.get(2) : BigInteger.ONE;
    if (step.signum() == 0) {
      throw Failure.of("a range with steps of 0 leads nowhere");
    }
    return numbers.size() == 1
        ? new Range(BigInteger.ZERO, numbers.getFirst(), step)
        : new Range(numbers.get(0), numbers.get(1), step);
  }

  private static Map<Object, Object> dict(Args args) {
    Map<Object, Object> all =
        args.positional().isEmpty() ? new LinkedHashMap<>() : dict(args.positional().getFirst());
    all.putAll(args.named());
    return all;
  }

  /// A copy of a dict, or a dict of pairs.
  static Map<Object, Object> dict(Object value) {
    if (value instanceof Map<?, ?> map) {
      return new LinkedHashMap<>(map);
    }
    Map<Object, Object> all = new LinkedHashMap<>();
    for (Object pair : Values.list(value)) {
      List<Object> both = Values.list(pair);
      if (both.size() != 2) {
        throw Failure.of("`dict` needs pairs, not %d values together".formatted(both.size()));
      }
      all.put(both.get(0), both.get(1));
    }
    return all;
  }

  private static Map<String, Object> names(Map<Object, Object> values) {
    Map<String, Object> all = new LinkedHashMap<>();
    values.forEach((key, value) -> all.put(Texts.str(key), value));
    return all;
  }

  /// Unlike the filter of the same name it refuses what is no number.
  private static Object converted(String type, Args args) {
    Object value = args.positional().isEmpty() ? Values.of(0) : args.positional().getFirst();
    Object number = Filters.apply(type, value, new Args(type, List.of(None.NONE), Map.of()));
    boolean fraction = type.equals("int") && value instanceof String text && text.contains(".");
    if (number == None.NONE || fraction) {
      throw Failure.of("`%s` cannot read %s".formatted(type, Texts.repr(value)));
    }
    return number;
  }

  private static Object round(Args args) {
    Args.Bound bound = args.bind("number", "ndigits");
    Object rounded = NumberFilters.rounded(bound.need("number"), bound.number("ndigits", 0));
    return bound.get("ndigits").isEmpty() && rounded instanceof Double whole
        ? new java.math.BigDecimal(whole).toBigInteger()
        : rounded;
  }

  private static Object sorted(Args args) {
    boolean reverse =
        Optional.ofNullable(args.named().get("reverse")).map(Values::isTrue).orElse(false);
    List<Object> all = new ArrayList<>(Values.list(args.positional().getFirst()));
    all.sort(reverse ? (a, b) -> Values.compare(b, a) : Values::compare);
    return all;
  }

  private static Object enumerate(Args args) {
    Args.Bound bound = args.bind("iterable", "start");
    BigInteger number = bound.integer("start", 0);
    List<Object> all = new ArrayList<>();
    for (Object item : Values.list(bound.need("iterable"))) {
      all.add(Tuple.of(number, item));
      number = number.add(BigInteger.ONE);
    }
    return Items.generator(all);
  }

  private static Object zip(Args args) {
    List<List<Object>> lists = args.positional().stream().map(Values::list).toList();
    int shortest = lists.stream().mapToInt(List::size).min().orElse(0);
    List<Object> all = new ArrayList<>();
    for (int i = 0; i < shortest; i++) {
      int place = i;
      all.add(new Tuple(List.copyOf(lists.stream().map(list -> list.get(place)).toList())));
    }
    return Items.generator(all);
  }

  /// Goes through its items again and again.
  private static final class Cycler implements Methods.Attributes {
    private final List<Object> items;
    private int place;

    Cycler(List<Object> items) {
      if (items.isEmpty()) {
        throw Failure.of("`cycler` needs at least one value");
      }
      this.items = items;
    }

    @Override
    public Optional<Object> attribute(String name) {
      return switch (name) {
        case "current" -> Optional.of(items.get(place));
        case "next" ->
            Optional.of(
                (Callable)
                    args -> {
                      Object current = items.get(place);
                      place = (place + 1) % items.size();
                      return current;
                    });
        case "reset" ->
            Optional.of(
                (Callable)
                    args -> {
                      place = 0;
                      return None.NONE;
                    });
        default -> Optional.empty();
      };
    }
  }

  /// Nothing when it is called first, its separator from then on.
  private static final class Joiner implements Callable {
    private final String separator;
    private boolean used;

    Joiner(String separator) {
      this.separator = separator;
    }

    @Override
    public Object call(Args args) {
      String text = used ? separator : "";
      used = true;
      return text;
    }
  }
}
