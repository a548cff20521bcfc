package io.karez.query;

/// The left side of a comparison.
public sealed interface Operand {
  /// 1-based, in the query's text.
  int column();

  /// A dotted name: `config.optimizer.lr`.
  record Name(String name, int column) implements Operand {}

  /// A metric's series made one number: `min(train.loss)`.
  record Metric(MetricFunction function, String name, int column) implements Operand {}
}
