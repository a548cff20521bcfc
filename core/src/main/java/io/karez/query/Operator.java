package io.karez.query;

import java.util.Arrays;
import java.util.Optional;

/// A comparison sign.
public enum Operator {
  EQUAL("=="),
  NOT_EQUAL("!="),
  LESS("<"),
  LESS_OR_EQUAL("<="),
  GREATER(">"),
  GREATER_OR_EQUAL(">=");

  private final String sign;

  Operator(String sign) {
    this.sign = sign;
  }

  public String sign() {
    return sign;
  }

  boolean needsOrder() {
    return this != EQUAL && this != NOT_EQUAL;
  }

  /// @param difference the sign of left minus right
  boolean holds(int difference) {
    return switch (this) {
      case EQUAL -> difference == 0;
      case NOT_EQUAL -> difference != 0;
      case LESS -> difference < 0;
      case LESS_OR_EQUAL -> difference <= 0;
      case GREATER -> difference > 0;
      case GREATER_OR_EQUAL -> difference >= 0;
    };
  }

  static Optional<Operator> of(String sign) {
    return Arrays.stream(values()).filter(operator -> operator.sign.equals(sign)).findFirst();
  }
}
