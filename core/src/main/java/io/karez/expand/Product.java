package io.karez.expand;

import io.karez.text.InvalidInputException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;

/// Every combination of the choices of some axes.
final class Product implements Grid {
  private final List<Piece> pieces;
  private final long[] sizes;
  private final IdentityHashMap<Axis, Integer> dimensions = new IdentityHashMap<>();
  private final long count;

  /// @param pieces in the order of the arguments; their axes are those of the nest
  /// @param nest outermost first; axes that stand together advance together and are equally long
  /// @throws InvalidInputException when there are more combinations than can be counted
  Product(List<Piece> pieces, List<List<Axis>> nest) {
    this.pieces = List.copyOf(pieces);
    this.sizes = nest.stream().mapToLong(together -> together.getFirst().size()).toArray();
    long product = 1;
    for (int i = 0; i < sizes.length; i++) {
      for (Axis axis : nest.get(i)) {
        dimensions.put(axis, i);
      }
      product = Counts.times(product, sizes[i]);
    }
    this.count = product;
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public ParameterSet at(long index) {
    return ParameterSet.of(arguments(index));
  }

  List<Argument> arguments(long index) {
    Objects.checkIndex(index, count);
    long[] digits = new long[sizes.length];
    long rest = index;
    for (int i = sizes.length - 1; i >= 0; i--) {
      digits[i] = rest % sizes[i];
      rest /= sizes[i];
    }
    List<Argument> arguments = new ArrayList<>();
    for (Piece piece : pieces) {
      switch (piece) {
        case Piece.Fixed fixed -> arguments.addAll(fixed.arguments());
        case Piece.Varying(Axis axis) ->
            arguments.addAll(
                axis.choice().apply(digits[Objects.requireNonNull(dimensions.get(axis))]));
      }
    }
    return arguments;
  }
}
