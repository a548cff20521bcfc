package io.karez.template;

import io.karez.template.Expression.Given;
import io.karez.template.Token.Kind;
import io.karez.text.Nearest;
import io.karez.text.Place;
import io.karez.text.Problems;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Reads expressions, as Jinja2's parser does: the same operators with the same precedence.
final class ExpressionParser {
  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

  private final Tokens tokens;
  private final Problems problems;

  ExpressionParser(Tokens tokens, Problems problems) {
    this.tokens = tokens;
    this.problems = problems;
  }

  Expression expression() {
    return conditional();
  }

  /// One expression, or several as a tuple: `1, 2`.
  Expression tuple() {
    return tuple(this::conditional, Set.of(), false);
  }

  /// What a loop goes through: its `if` is the loop's own.
  Expression items() {
    return tuple(this::either, Set.of("recursive"), false);
  }

  private Expression tuple(Supplier<Expression> item, Set<String> enders, boolean inParentheses) {
    Place at = tokens.current().at();
    List<Expression> items = new ArrayList<>();
    boolean isTuple = false;
    while (true) {
      if (isEnd(enders)) {
        break;
      }
      items.add(item.get());
      if (!tokens.takeOperator(",")) {
        break;
      }
      isTuple = true;
    }
    if (isTuple || (items.isEmpty() && inParentheses)) {
      return new Expression.TupleOf(List.copyOf(items), at);
    }
    if (items.isEmpty()) {
      throw tokens.expected("a value");
    }
    return items.getFirst();
  }

  private boolean isEnd(Set<String> enders) {
    Token token = tokens.current();
    return token.is(Kind.VARIABLE_END)
        || token.is(Kind.BLOCK_END)
        || token.isOperator(")")
        || (token.is(Kind.NAME) && enders.contains(token.text()));
  }

  private Expression conditional() {
    Expression value = either();
    while (tokens.current().isName("if")) {
      Place at = tokens.take().at();
      Expression test = either();
      Optional<Expression> otherwise =
          tokens.takeName("else") ? Optional.of(conditional()) : Optional.empty();
      value = new Expression.Conditional(value, test, otherwise, at);
    }
    return value;
  }

  private Expression either() {
    Expression left = both();
    while (tokens.current().isName("or")) {
      Place at = tokens.take().at();
      left = new Expression.Logical(true, left, both(), at);
    }
    return left;
  }

  private Expression both() {
    Expression left = not();
    while (tokens.current().isName("and")) {
      Place at = tokens.take().at();
      left = new Expression.Logical(false, left, not(), at);
    }
    return left;
  }

  private Expression not() {
    if (tokens.current().isName("not")) {
      Place at = tokens.take().at();
      return new Expression.Not(not(), at);
    }
    return comparison();
  }

  private Expression comparison() {
    Place at = tokens.current().at();
    Expression first = sum();
    List<Expression.Link> links = new ArrayList<>();
    while (true) {
      Token token = tokens.current();
      if (token.is(Kind.OPERATOR) && COMPARISONS.contains(token.text())) {
        tokens.take();
        links.add(new Expression.Link(token.text(), sum()));
      } else if (token.isName("in")) {
        tokens.take();
        links.add(new Expression.Link("in", sum()));
      } else if (token.isName("not") && tokens.following().isName("in")) {
        tokens.take();
        tokens.take();
        links.add(new Expression.Link("not in", sum()));
      } else {
        return links.isEmpty() ? first : new Expression.Compared(first, List.copyOf(links), at);
      }
    }
  }

  private Expression sum() {
    return binary(Set.of("+", "-"), this::joined);
  }

  private Expression joined() {
    return binary(Set.of("~"), this::product);
  }

  private Expression product() {
    return binary(Set.of("*", "/", "//", "%"), this::power);
  }

  private Expression power() {
    return binary(Set.of("**"), () -> signed(true));
  }

  private Expression binary(Set<String> operators, Supplier<Expression> operand) {
    Expression left = operand.get();
    while (tokens.current().is(Kind.OPERATOR) && operators.contains(tokens.current().text())) {
      Token operator = tokens.take();
      left = new Expression.Binary(operator.text(), left, operand.get(), operator.at());
    }
    return left;
  }

  private Expression signed(boolean withFilters) {
    Token token = tokens.current();
    Expression value;
    if (token.isOperator("-") || token.isOperator("+")) {
      tokens.take();
      value = new Expression.Signed(token.text(), signed(false), token.at());
    } else {
      value = primary();
    }
    value = postfix(value);
    return withFilters ? filtersAndTests(value) : value;
  }

  private Expression primary() {
    Token token = tokens.current();
    return switch (token.kind()) {
      case NAME -> {
        tokens.take();
        yield switch (token.text()) {
          case "true", "True" -> new Expression.Literal(true, token.at());
          case "false", "False" -> new Expression.Literal(false, token.at());
          case "none", "None" -> new Expression.Literal(None.NONE, token.at());
          default -> new Expression.Name(token.text(), token.at());
        };
      }
      case STRING -> {
        StringBuilder text = new StringBuilder();
        while (tokens.current().is(Kind.STRING)) {
          text.append(tokens.take().text());
        }
        yield new Expression.Literal(text.toString(), token.at());
      }
      case INTEGER -> new Expression.Literal(integer(tokens.take().text()), token.at());
      case FLOAT ->
          new Expression.Literal(Double.valueOf(tokens.take().text().replace("_", "")), token.at());
      case OPERATOR -> bracketed(token);
      default -> throw tokens.expected("a value");
    };
  }

  private Expression bracketed(Token token) {
    if (tokens.takeOperator("(")) {
      Expression inner = tuple(this::conditional, Set.of(), true);
      tokens.expectOperator(")");
      return inner;
    }
    return switch (token.text()) {
      case "[" -> list();
      case "{" -> dict();
      default -> throw tokens.expected("a value");
    };
  }

  private static BigInteger integer(String text) {
    String digits = text.replace("_", "").toLowerCase(Locale.ROOT);
    int radix =
        digits.startsWith("0x")
            ? 16
            : digits.startsWith("0o") ? 8 : digits.startsWith("0b") ? 2 : 10;
    return new BigInteger(radix == 10 ? digits : digits.substring(2), radix);
  }

  private Expression list() {
    Place at = tokens.expectOperator("[").at();
    List<Expression> items = new ArrayList<>();
    while (!tokens.current().isOperator("]")) {
      if (!items.isEmpty()) {
        tokens.expectOperator(",");
        if (tokens.current().isOperator("]")) {
          break;
        }
      }
      items.add(expression());
    }
    tokens.expectOperator("]");
    return new Expression.ListOf(List.copyOf(items), at);
  }

  private Expression dict() {
    Place at = tokens.expectOperator("{").at();
    List<Expression.Pair> pairs = new ArrayList<>();
    while (!tokens.current().isOperator("}")) {
      if (!pairs.isEmpty()) {
        tokens.expectOperator(",");
        if (tokens.current().isOperator("}")) {
          break;
        }
      }
      Expression key = expression();
      tokens.expectOperator(":");
      pairs.add(new Expression.Pair(key, expression()));
    }
    tokens.expectOperator("}");
    return new Expression.DictOf(List.copyOf(pairs), at);
  }

  private Expression postfix(Expression value) {
    Expression all = value;
    while (true) {
      Token token = tokens.current();
      if (token.isOperator(".")) {
        all = attribute(all);
      } else if (token.isOperator("[")) {
        all = item(all);
      } else if (token.isOperator("(")) {
        all = new Expression.Call(all, given(), token.at());
      } else {
        return all;
      }
    }
  }

  private Expression filtersAndTests(Expression value) {
    Expression all = value;
    while (true) {
      Token token = tokens.current();
      if (token.isOperator("|")) {
        all = filter(all);
      } else if (token.isName("is")) {
        all = test(all);
      } else if (token.isOperator("(")) {
        all = new Expression.Call(all, given(), token.at());
      } else {
        return all;
      }
    }
  }

  private Expression attribute(Expression of) {
    tokens.expectOperator(".");
    Token name = tokens.take();
    if (name.is(Kind.NAME)) {
      return new Expression.Attribute(of, name.text(), name.at());
    }
    if (name.is(Kind.INTEGER)) {
      return new Expression.Item(
          of, new Expression.Literal(integer(name.text()), name.at()), name.at());
    }
    throw Failure.at(name.at(), "a name is expected after `.`, not " + name.shown());
  }

  private Expression item(Expression of) {
    Place at = tokens.expectOperator("[").at();
    List<Expression> keys = new ArrayList<>();
    do {
      keys.add(subscript());
    } while (tokens.takeOperator(","));
    tokens.expectOperator("]");
    Expression key =
        keys.size() == 1 ? keys.getFirst() : new Expression.TupleOf(List.copyOf(keys), at);
    return new Expression.Item(of, key, at);
  }

  private Expression subscript() {
    Place at = tokens.current().at();
    Optional<Expression> start = Optional.empty();
    if (!tokens.current().isOperator(":")) {
      Expression key = expression();
      if (!tokens.current().isOperator(":")) {
        return key;
      }
      start = Optional.of(key);
    }
    tokens.expectOperator(":");
    Optional<Expression> stop = sliceEnd();
    Optional<Expression> step = tokens.takeOperator(":") ? sliceEnd() : Optional.empty();
    return new Expression.Slice(start, stop, step, at);
  }

  private Optional<Expression> sliceEnd() {
    Token token = tokens.current();
    return token.isOperator("]") || token.isOperator(",") || token.isOperator(":")
        ? Optional.empty()
        : Optional.of(expression());
  }

  /// `|name(...)`, once or several times.
  Expression filters(Expression of) {
    Expression all = of;
    while (tokens.current().isOperator("|")) {
      all = filter(all);
    }
    return all;
  }

  /// The first filter without its `|`, then further ones.
  Expression filtersOfBlock(Expression of) {
    return filters(filterAfterBar(of));
  }

  private Expression filter(Expression of) {
    tokens.expectOperator("|");
    return filterAfterBar(of);
  }

  private Expression filterAfterBar(Expression of) {
    Token name = tokens.expectName();
    String whole = dotted(name);
    requireKnown("filter", whole, Filters.NAMES, name.at());
    Given given = tokens.current().isOperator("(") ? given() : Given.NOTHING;
    return new Expression.Filtered(of, whole, given, name.at());
  }

  private Expression test(Expression of) {
    tokens.expectName("is");
    Place at = tokens.current().at();
    boolean negated = tokens.takeName("not");
    Token name = tokens.expectName();
    String whole = dotted(name);
    requireKnown("test", whole, Tests.NAMES, name.at());
    Given given = Given.NOTHING;
    Token token = tokens.current();
    if (token.isOperator("(")) {
      given = given();
    } else if (beginsArgument(token)) {
      if (token.isName("is")) {
        throw Failure.at(token.at(), "tests cannot be chained with `is`");
      }
      Expression argument = postfix(primary());
      given = new Given(List.of(argument), Map.of(), Optional.empty(), Optional.empty());
    }
    Expression tested = new Expression.Tested(of, whole, given, at);
    return negated ? new Expression.Not(tested, at) : tested;
  }

  private static boolean beginsArgument(Token token) {
    return switch (token.kind()) {
      case NAME -> !Set.of("else", "or", "and").contains(token.text());
      case STRING, INTEGER, FLOAT -> true;
      default -> token.isOperator("[") || token.isOperator("{");
    };
  }

  private String dotted(Token first) {
    StringBuilder name = new StringBuilder(first.text());
    while (tokens.takeOperator(".")) {
      name.append('.').append(tokens.expectName().text());
    }
    return name.toString();
  }

  private void requireKnown(String kind, String name, Set<String> known, Place at) {
    if (!known.contains(name)) {
      Failure failure = Failure.at(at, "there is no %s `%s`".formatted(kind, name));
      problems.add(
          Nearest.to(name, known)
              .map(near -> failure.hint("did you mean `%s`?".formatted(near)))
              .orElse(failure)
              .problem(at));
    }
  }

  Given given() {
    tokens.expectOperator("(");
    List<Expression> positional = new ArrayList<>();
    Map<String, Expression> named = new LinkedHashMap<>();
    Optional<Expression> spread = Optional.empty();
    Optional<Expression> spreadNamed = Optional.empty();
    boolean more = false;
    while (!tokens.current().isOperator(")")) {
      if (more) {
        tokens.expectOperator(",");
        if (tokens.current().isOperator(")")) {
          break;
        }
      }
      more = true;
      Token token = tokens.current();
      if (tokens.takeOperator("*")) {
        spread = Optional.of(expression());
      } else if (tokens.takeOperator("**")) {
        spreadNamed = Optional.of(expression());
      } else if (token.is(Kind.NAME) && tokens.following().isOperator("=")) {
        tokens.take();
        tokens.take();
        named.put(token.text(), expression());
      } else if (!named.isEmpty() || spreadNamed.isPresent()) {
        throw Failure.at(token.at(), "a value without a name stands after one with a name");
      } else {
        positional.add(expression());
      }
    }
    tokens.expectOperator(")");
    return new Given(List.copyOf(positional), named, spread, spreadNamed);
  }
}
