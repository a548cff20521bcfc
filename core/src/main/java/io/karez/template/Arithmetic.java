package io.karez.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/// Python's operators.
final class Arithmetic {
  /// Larger powers are a mistake, and take for ever.
  private static final int MOST_BITS = 100_000;

  private Arithmetic() {}

  static Object of(String operator, Object left, Object right) {
    if (operator.equals("%") && left instanceof String format) {
      return PercentFormat.of(format, right);
    }
    return switch (operator) {
      case "~" -> Texts.str(left) + Texts.str(right);
      case "+" -> sum(left, right);
      case "*" -> product(left, right);
      default -> {
        if (!Values.isNumber(left) || !Values.isNumber(right)) {
          throw unsupported(operator, left, right);
        }
        yield numbers(operator, left, right);
      }
    };
  }

  static Object negative(Object value) {
    return switch (value) {
      case Double number -> -number;
      case BigInteger number -> number.negate();
      case Boolean truth -> Values.integer(truth, "-").negate();
      default -> throw Failure.of("`-` needs a number, not " + Values.type(value));
    };
  }

  static Object positive(Object value) {
    if (!Values.isNumber(value)) {
      throw Failure.of("`+` needs a number, not " + Values.type(value));
    }
    return value instanceof Boolean ? Values.integer(value, "+") : value;
  }

  private static Failure unsupported(String operator, Object left, Object right) {
    Failure failure =
        Failure.of(
            "`%s` cannot join a value of type %s and one of type %s"
                .formatted(operator, Values.type(left), Values.type(right)));
    return operator.equals("+") && (left instanceof String || right instanceof String)
        ? failure.hint("`~` joins any two values as text")
        : failure;
  }

  private static Object sum(Object left, Object right) {
    if (left instanceof String a && right instanceof String b) {
      return a + b;
    }
    if (left instanceof Tuple(var a, var names) && right instanceof Tuple(var b, var others)) {
      return new Tuple(joined(a, b));
    }
    if (left instanceof List<?> a && right instanceof List<?> b) {
      return joined(a, b);
    }
    if (!Values.isNumber(left) || !Values.isNumber(right)) {
      throw unsupported("+", left, right);
    }
    return numbers("+", left, right);
  }

  private static List<Object> joined(List<?> a, List<?> b) {
    List<Object> all = new ArrayList<>(a);
    all.addAll(b);
    return all;
  }

  private static Object product(Object left, Object right) {
    if (isCount(right)) {
      int times = Math.max(0, Values.index(right, "*"));
      if (left instanceof String || left instanceof Tuple || left instanceof List) {
        if ((long) times * Math.max(1, Values.length(left)) > Integer.MAX_VALUE / 16) {
          throw Failure.of("`*` would make %d copies, which is too much".formatted(times));
        }
      }
      if (left instanceof String text) {
        return text.repeat(times);
      }
      if (left instanceof Tuple(var items, var names)) {
        return new Tuple(repeated(items, times));
      }
      if (left instanceof List<?> items) {
        return repeated(items, times);
      }
    }
    if (isCount(left) && !Values.isNumber(right)) {
      return product(right, left);
    }
    if (!Values.isNumber(left) || !Values.isNumber(right)) {
      throw unsupported("*", left, right);
    }
    return numbers("*", left, right);
  }

  private static boolean isCount(Object value) {
    return value instanceof BigInteger || value instanceof Boolean;
  }

  private static List<Object> repeated(List<?> items, int times) {
    List<Object> all = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      all.addAll(items);
    }
    return all;
  }

  private static Object numbers(String operator, Object left, Object right) {
    if (operator.equals("/") && !(left instanceof Double) && !(right instanceof Double)) {
      return quotient(Values.integer(left, operator), Values.integer(right, operator));
    }
    boolean real = left instanceof Double || right instanceof Double;
    return real
        ? reals(operator, Values.real(left), Values.real(right))
        : integers(operator, Values.integer(left, operator), Values.integer(right, operator));
  }

  /// Exact as far as a floating-point number can be, however large the two are.
  private static double quotient(BigInteger a, BigInteger b) {
    if (b.signum() == 0) {
      throw Failure.of("division by zero");
    }
    return new BigDecimal(a).divide(new BigDecimal(b), MathContext.DECIMAL128).doubleValue();
  }

  private static Object reals(String operator, double a, double b) {
    if (b == 0 && (operator.equals("/") || operator.equals("//") || operator.equals("%"))) {
      throw Failure.of("division by zero");
    }
    return switch (operator) {
      case "+" -> a + b;
      case "-" -> a - b;
      case "*" -> a * b;
      case "/" -> a / b;
      case "//" -> floor(a, b)[0];
      case "%" -> floor(a, b)[1];
      case "**" -> power(a, b);
      default -> throw new IllegalStateException(operator);
    };
  }

  /// Quotient and rest as Python has them: what is left is exact, and has the sign of the divisor.
  private static double[] floor(double a, double b) {
    double rest = a % b;
    double quotient = (a - rest) / b;
    if (rest == 0) {
      rest = Math.copySign(0, b);
    } else if ((b < 0) != (rest < 0)) {
      rest += b;
      quotient -= 1;
    }
    if (quotient == 0) {
      return new double[] {Math.copySign(0, a / b), rest};
    }
    double floor = Math.floor(quotient);
    return new double[] {quotient - floor > 0.5 ? floor + 1 : floor, rest};
  }

  private static double power(double a, double b) {
    if (a == 0 && b < 0) {
      throw Failure.of("division by zero");
    }
    double power = Math.pow(a, b);
    if (Double.isNaN(power) && !Double.isNaN(a) && !Double.isNaN(b)) {
      throw Failure.of("%s ** %s is no real number".formatted(Texts.repr(a), Texts.repr(b)));
    }
    return power;
  }

  private static Object integers(String operator, BigInteger a, BigInteger b) {
    return switch (operator) {
      case "+" -> a.add(b);
      case "-" -> a.subtract(b);
      case "*" -> a.multiply(b);
      case "//" -> floor(a, b)[0];
      case "%" -> floor(a, b)[1];
      case "**" -> {
        if (b.signum() < 0) {
          yield reals("**", a.doubleValue(), b.doubleValue());
        }
        if (b.bitLength() > 31 || (long) a.bitLength() * b.longValue() > MOST_BITS) {
          throw Failure.of("%s ** %s is too large".formatted(a, b));
        }
        yield a.pow(b.intValue());
      }
      default -> throw new IllegalStateException(operator);
    };
  }

  /// Quotient and rest, rounded downwards.
  private static BigInteger[] floor(BigInteger a, BigInteger b) {
    if (b.signum() == 0) {
      throw Failure.of("division by zero");
    }
    BigInteger[] both = a.divideAndRemainder(b);
    if (both[1].signum() != 0 && both[1].signum() != b.signum()) {
      both[0] = both[0].subtract(BigInteger.ONE);
      both[1] = both[1].add(b);
    }
    return both;
  }
}
