package io.karez.template;

import io.karez.template.Token.Kind;
import java.util.List;

/// The tokens of a template, read one after another.
final class Tokens {
  private final List<Token> all;
  private int next;

  Tokens(List<Token> all) {
    this.all = all;
  }

  Token current() {
    return all.get(next);
  }

  Token following() {
    return all.get(Math.min(next + 1, all.size() - 1));
  }

  /// The current one; the next one is current then.
  Token take() {
    Token token = all.get(next);
    if (next < all.size() - 1) {
      next++;
    }
    return token;
  }

  boolean takeOperator(String operator) {
    boolean found = current().isOperator(operator);
    if (found) {
      take();
    }
    return found;
  }

  boolean takeName(String name) {
    boolean found = current().isName(name);
    if (found) {
      take();
    }
    return found;
  }

  Token expectOperator(String operator) {
    if (!current().isOperator(operator)) {
      throw expected("`" + operator + "`");
    }
    return take();
  }

  Token expectName() {
    if (!current().is(Kind.NAME)) {
      throw expected("a name");
    }
    return take();
  }

  void expectName(String name) {
    if (!takeName(name)) {
      throw expected("`" + name + "`");
    }
  }

  Failure expected(String what) {
    return Failure.at(current().at(), "%s is expected, not %s".formatted(what, current().shown()));
  }

  /// Goes on after the end of the current tag; that of the template is never passed.
  void skipTag() {
    while (!current().is(Kind.BLOCK_END)
        && !current().is(Kind.VARIABLE_END)
        && !current().is(Kind.END)) {
      take();
    }
    take();
  }
}
