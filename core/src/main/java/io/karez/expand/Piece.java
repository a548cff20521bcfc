package io.karez.expand;

import io.karez.text.Place;
import java.util.List;
import java.util.Map;

/// A stretch of the argument list: the same in every job, or one choice of an axis.
sealed interface Piece {
  /// What it sets, and where that is written.
  Map<String, Place> keys();

  record Fixed(List<Argument> arguments, Map<String, Place> keys) implements Piece {}

  record Varying(Axis axis) implements Piece {
    @Override
    public Map<String, Place> keys() {
      return axis.keys();
    }
  }

  static Piece fixed(List<Argument> arguments, Place place) {
    return new Fixed(arguments, Axis.keys(arguments, place));
  }
}
