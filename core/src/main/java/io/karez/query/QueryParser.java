package io.karez.query;

import io.karez.text.Decimals;
import io.karez.text.InvalidInputException;
import io.karez.text.Nearest;
import io.karez.text.Place;
import io.karez.text.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// Reads a query by recursive descent; the first fault ends it.
final class QueryParser {
  /// Deeper than any person writes, and far from the end of the stack.
  private static final int MAX_DEPTH = 200;

  private final String source;
  private final List<Token> tokens;
  private int at;
  private int depth;

  QueryParser(String text, String source) {
    this.source = source;
    this.tokens = new Lexer(text, source).tokens();
  }

  Query parse() {
    if (tokens.size() == 1) {
      return new Query.Everything();
    }
    Query query = or();
    if (peek().kind() != Token.Kind.END) {
      throw unexpected("expected `&`, `|` or the end");
    }
    return query;
  }

  private Query or() {
    return chain("|", this::and, Query.Or::new);
  }

  private Query and() {
    return chain("&", this::not, Query.And::new);
  }

  private Query chain(String sign, Supplier<Query> part, Function<List<Query>, Query> joined) {
    List<Query> parts = new ArrayList<>();
    parts.add(part.get());
    while (peek().is(sign)) {
      at++;
      parts.add(part.get());
    }
    return parts.size() == 1 ? parts.getFirst() : joined.apply(parts);
  }

  private Query not() {
    if (++depth > MAX_DEPTH) {
      throw fault(peek(), "the query is nested more than " + MAX_DEPTH + " deep", Optional.empty());
    }
    Query query = notDeeper();
    depth--;
    return query;
  }

  private Query notDeeper() {
    Token token = peek();
    if (token.is("~")) {
      at++;
      return new Query.Not(not());
    }
    if (token.is("(")) {
      at++;
      Query inner = or();
      if (!peek().is(")")) {
        throw unexpected("the parenthesis at column " + token.column() + " is not closed");
      }
      at++;
      return inner;
    }
    return predicate();
  }

  private Query predicate() {
    Operand left = operand();
    Token sign = peek();
    if (sign.kind() == Token.Kind.NAME && sign.text().equals("in")) {
      at++;
      return new Query.Membership(left, list());
    }
    Operator operator =
        Operator.of(sign.kind() == Token.Kind.SIGN ? sign.text() : "")
            .orElseThrow(() -> unexpected("expected `==`, `!=`, `<`, `<=`, `>`, `>=` or `in`"));
    at++;
    Token value = peek();
    Literal right = literal();
    boolean ordered = right instanceof Literal.Text || right instanceof Literal.Numeral;
    if (operator.needsOrder() && !ordered) {
      throw fault(
          value,
          "`" + operator.sign() + "` needs a number or text, not " + value.shown(),
          Optional.empty());
    }
    return new Query.Comparison(left, operator, right);
  }

  private Operand operand() {
    Token token = peek();
    if (token.kind() != Token.Kind.NAME || isWordOfTheLanguage(token.text())) {
      throw unexpected("expected a name");
    }
    at++;
    if (!peek().is("(")) {
      return new Operand.Name(token.text(), token.column());
    }
    MetricFunction function =
        MetricFunction.of(token.text())
            .orElseThrow(() ->
                fault(
                    token,
                    "unknown function `"
                        + token.text()
                        + "`, valid: "
                        + String.join(", ", MetricFunction.words()),
                    Nearest.to(token.text(), MetricFunction.words())
                        .map(near -> "did you mean `" + near + "`?")));
    at++;
    Token metric = peek();
    if (metric.kind() != Token.Kind.NAME) {
      throw unexpected("expected a metric such as `train.loss`");
    }
    at++;
    if (!peek().is(")")) {
      throw unexpected("expected `)`");
    }
    at++;
    return new Operand.Metric(function, metric.text(), token.column());
  }

  private List<Literal> list() {
    if (!peek().is("[")) {
      throw unexpected("expected a list such as `[1, 2]`");
    }
    at++;
    List<Literal> values = new ArrayList<>();
    while (!peek().is("]")) {
      values.add(literal());
      if (peek().is(",")) {
        at++;
      } else if (!peek().is("]")) {
        throw unexpected("expected `,` or `]`");
      }
    }
    at++;
    return values;
  }

  private Literal literal() {
    Token token = peek();
    Literal literal =
        switch (token.kind()) {
          case TEXT -> new Literal.Text(token.text());
          case NUMBER -> new Literal.Numeral(Decimals.read(token.text()).orElseThrow());
          case NAME -> word(token);
          case SIGN, END -> throw unexpected("expected a value such as `0.1` or `'adam'`");
        };
    at++;
    return literal;
  }

  private Literal word(Token token) {
    return switch (token.text().toLowerCase(Locale.ROOT)) {
      case "true" -> new Literal.Truth(true);
      case "false" -> new Literal.Truth(false);
      case "none", "null" -> Literal.None.NONE;
      default ->
          throw fault(
              token,
              "expected a value, found the name `" + token.text() + "`",
              Optional.of("write text in quotes: `'" + token.text() + "'`"));
    };
  }

  private static boolean isWordOfTheLanguage(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "in", "true", "false", "none", "null", "and", "or", "not" -> true;
      default -> false;
    };
  }

  private Token peek() {
    return tokens.get(at);
  }

  private InvalidInputException unexpected(String expectation) {
    Token token = peek();
    return fault(token, expectation + ", found " + token.shown(), spelling(token));
  }

  private static Optional<String> spelling(Token token) {
    return switch (token.text()) {
      case "and", "AND", "&&" -> Optional.of("\"and\" is written `&`");
      case "or", "OR", "||" -> Optional.of("\"or\" is written `|`");
      case "not", "NOT", "!" -> Optional.of("\"not\" is written `~`, before the comparison");
      case "=" -> Optional.of("\"equals\" is written `==`");
      default -> Optional.empty();
    };
  }

  private InvalidInputException fault(Token token, String message, Optional<String> hint) {
    Problem problem = Problem.at(new Place(source, 1, token.column()), message);
    return new InvalidInputException(hint.map(problem::hint).orElse(problem));
  }
}
