package io.karez.template;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// What `loop` is inside of a loop.
final class Loop implements Callable, Methods.Attributes {
  static final Set<String> NAMES =
      Set.of(
          "index",
          "index0",
          "revindex",
          "revindex0",
          "first",
          "last",
          "length",
          "depth",
          "depth0",
          "previtem",
          "nextitem",
          "cycle",
          "changed");

  private final List<Object> items;
  private final int depth;
  private final Optional<Function<Object, Object>> again;
  private int index;
  private Optional<Object> changing = Optional.empty();

  /// @param depth how many recursive loops are around it
  /// @param again the body of the loop for other items, where it is recursive
  Loop(List<Object> items, int depth, Optional<Function<Object, Object>> again) {
    this.items = items;
    this.depth = depth;
    this.again = again;
  }

  void at(int place) {
    index = place;
  }

  int depth() {
    return depth;
  }

  @Override
  public Optional<Object> attribute(String name) {
    int size = items.size();
    return switch (name) {
      case "index" -> number(index + 1);
      case "index0" -> number(index);
      case "revindex" -> number(size - index);
      case "revindex0" -> number(size - index - 1);
      case "first" -> Optional.of(index == 0);
      case "last" -> Optional.of(index == size - 1);
      case "length" -> number(size);
      case "depth" -> number(depth + 1);
      case "depth0" -> number(depth);
      case "previtem" -> Optional.of(index > 0 ? items.get(index - 1) : missing("previous"));
      case "nextitem" -> Optional.of(index < size - 1 ? items.get(index + 1) : missing("next"));
      case "cycle" -> Optional.of((Callable) this::cycle);
      case "changed" -> Optional.of((Callable) this::changed);
      default -> Optional.empty();
    };
  }

  private static Optional<Object> number(int value) {
    return Optional.of(Values.of(value));
  }

  private static Object missing(String which) {
    return new Undefined("the %s item of the loop".formatted(which), "", false);
  }

  private Object cycle(Args args) {
    if (args.positional().isEmpty()) {
      throw Failure.of("`loop.cycle` needs values");
    }
    return args.positional().get(index % args.positional().size());
  }

  private Object changed(Args args) {
    Optional<Object> now = Optional.of(new Tuple(List.copyOf(args.positional())));
    boolean other = !now.equals(changing);
    changing = now;
    return other;
  }

  @Override
  public Object call(Args args) {
    if (again.isEmpty()) {
      throw Failure.of("`loop` can be called only in a loop that is `recursive`");
    }
    return again.get().apply(args.bind("items").need("items"));
  }
}
