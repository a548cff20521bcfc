package io.karez.query;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// What is known of one thing that a query asks about.
public interface Facts {
  /// The value under a dotted name as it stands in the query (`config.lr`), or empty when there is
  /// none.
  ///
  /// A value is a `String`, a `Number`, a `Boolean`, {@link Literal.None#NONE} for a value known to
  /// be null, or an `Iterable` of those: several values under one name, of which a comparison needs
  /// one to hold.
  Optional<Object> value(String name);

  /// A metric's series (`train.loss`) as one number, or empty when the series is missing or has no
  /// number.
  OptionalDouble metric(MetricFunction function, String name);

  /// The parameters of one job, by bare name or as `config.NAME`; it has no metrics.
  static Facts ofParameters(Map<String, ?> parameters) {
    return new Facts() {
      @Override
      public Optional<Object> value(String name) {
        return Optional.ofNullable(parameters.get(Vocabulary.parameterName(name)));
      }

      @Override
      public OptionalDouble metric(MetricFunction function, String name) {
        return OptionalDouble.empty();
      }
    };
  }
}
