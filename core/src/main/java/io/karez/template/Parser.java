package io.karez.template;

import io.karez.template.Statement.Branch;
import io.karez.template.Statement.Signature;
import io.karez.template.Statement.Target;
import io.karez.template.Token.Kind;
import io.karez.text.Nearest;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.Problems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Reads the tags of a template. After a mistake it goes on behind the tag, so that all are found.
final class Parser {
  private static final List<String> TAGS =
      List.of(
          "block", "call", "extends", "filter", "for", "from", "if", "import", "include", "macro",
          "set", "with");

  /// Tags that only stand inside of others.
  private static final List<String> INNER =
      List.of(
          "elif",
          "else",
          "endblock",
          "endcall",
          "endfilter",
          "endfor",
          "endif",
          "endmacro",
          "endset",
          "endwith");

  /// Of Jinja2, but only with extensions or settings that launch scripts have no use for.
  private static final Set<String> ELSEWHERE =
      Set.of("do", "break", "continue", "autoescape", "trans", "pluralize", "debug");

  private final Tokens tokens;
  private final Problems problems;
  private final ExpressionParser expressions;
  private final Set<String> blocks = new HashSet<>();

  private Parser(Tokens tokens, Problems problems) {
    this.tokens = tokens;
    this.problems = problems;
    this.expressions = new ExpressionParser(tokens, problems);
  }

  /// @param problems takes what is wrong; the statements are worth nothing then
  static List<Statement> statements(Template template, Problems problems) {
    Tokens tokens = new Tokens(Lexer.tokens(template.name(), template.text(), problems));
    Parser parser = new Parser(tokens, problems);
    List<Statement> all = new ArrayList<>();
    while (!tokens.current().is(Kind.END)) {
      all.addAll(parser.body(Set.of()));
      if (!tokens.current().is(Kind.END)) {
        parser.stray();
      }
    }
    return all;
  }

  /// A tag that ends or divides nothing.
  private void stray() {
    Token tag = tokens.take();
    problems.add(
        Problem.at(tag.at(), "`%s` stands here without a beginning".formatted(tag.text())));
    tokens.skipTag();
  }

  /// Statements up to a tag of these names, which is current then, or the end of the template. A
  /// tag that belongs to another one ends them as well.
  private List<Statement> body(Set<String> ends) {
    List<Statement> all = new ArrayList<>();
    while (true) {
      Token token = tokens.current();
      switch (token.kind()) {
        case DATA -> all.add(new Statement.Data(tokens.take().text()));
        case VARIABLE_BEGIN -> {
          tokens.take();
          recovering(() -> output()).ifPresent(all::add);
        }
        case BLOCK_BEGIN -> {
          Token tag = tokens.following();
          if (tag.is(Kind.NAME) && (ends.contains(tag.text()) || INNER.contains(tag.text()))) {
            tokens.take();
            return all;
          }
          tokens.take();
          recovering(() -> tag()).ifPresent(all::add);
        }
        default -> {
          return all;
        }
      }
    }
  }

  private Optional<Statement> recovering(Supplier<Statement> statement) {
    try {
      return Optional.of(statement.get());
    } catch (Failure e) {
      problems.add(e.problem(tokens.current().at()));
      tokens.skipTag();
      return Optional.empty();
    }
  }

  private Statement output() {
    Expression value = expressions.tuple();
    if (!tokens.current().is(Kind.VARIABLE_END)) {
      throw tokens.expected("`}}`");
    }
    tokens.take();
    return new Statement.Output(value);
  }

  private Statement tag() {
    Token tag = tokens.expectName();
    return switch (tag.text()) {
      case "if" -> branches(tag);
      case "for" -> loop(tag);
      case "set" -> set(tag);
      case "with" -> with(tag);
      case "filter" -> filter(tag);
      case "macro" -> macro(tag);
      case "call" -> call(tag);
      case "include" -> include(tag);
      case "import" -> imported(tag);
      case "from" -> fromImport(tag);
      case "extends" -> {
        Expression name = expressions.expression();
        end();
        yield new Statement.Extends(name, tag.at());
      }
      case "block" -> block(tag);
      default -> throw unknown(tag);
    };
  }

  private static Failure unknown(Token tag) {
    Failure failure = Failure.at(tag.at(), "there is no tag `%s`".formatted(tag.text()));
    if (ELSEWHERE.contains(tag.text())) {
      return failure.hint("Jinja2 has it only with an extension");
    }
    List<String> known = new ArrayList<>(TAGS);
    known.addAll(INNER);
    return Nearest.to(tag.text(), known)
        .map(near -> failure.hint("did you mean `%s`?".formatted(near)))
        .orElse(failure);
  }

  private void end() {
    if (!tokens.current().is(Kind.BLOCK_END)) {
      throw tokens.expected("`%}`");
    }
    tokens.take();
  }

  /// What may be wrong with the head of a tag must not make its end a stray one.
  private <T> Optional<T> head(Supplier<T> parts) {
    try {
      T read = parts.get();
      end();
      return Optional.of(read);
    } catch (Failure e) {
      problems.add(e.problem(tokens.current().at()));
      tokens.skipTag();
      return Optional.empty();
    }
  }

  /// Takes the name of the tag that ends a body; the rest of the tag is left.
  private boolean takeEnd(Token opening, String name) {
    if (tokens.takeName(name)) {
      return true;
    }
    boolean isOver = tokens.current().is(Kind.END);
    problems.add(
        Problem.at(
            opening.at(),
            isOver
                ? "`%s` has no end: `{%% %s %%}` is missing".formatted(opening.text(), name)
                : "`%s` has no end: `%s` stands in line %d where `%s` is expected"
                    .formatted(
                        opening.text(),
                        tokens.current().text(),
                        tokens.current().at().line(),
                        name)));
    if (!isOver) {
      // Taken for the end that was meant: more of them would only be said once more.
      tokens.skipTag();
    }
    return false;
  }

  private void endOf(Token opening, String name) {
    if (takeEnd(opening, name)) {
      end();
    }
  }

  private static Expression nothing(Place at) {
    return new Expression.Literal(None.NONE, at);
  }

  private Statement branches(Token opening) {
    List<Branch> branches = new ArrayList<>();
    List<Statement> otherwise = List.of();
    Expression test = head(expressions::tuple).orElse(nothing(opening.at()));
    while (true) {
      branches.add(new Branch(test, body(Set.of("elif", "else", "endif"))));
      if (tokens.takeName("elif")) {
        test = head(expressions::tuple).orElse(nothing(opening.at()));
        continue;
      }
      if (tokens.takeName("else")) {
        end();
        otherwise = body(Set.of("endif"));
      }
      endOf(opening, "endif");
      return new Statement.If(branches, otherwise);
    }
  }

  private record LoopHead(
      Target target, Expression items, Optional<Expression> filter, boolean recursive) {}

  private Statement loop(Token opening) {
    LoopHead head =
        head(
                () -> {
                  Target target = target(Set.of("in"));
                  tokens.expectName("in");
                  Expression items = expressions.items();
                  Optional<Expression> filter =
                      tokens.takeName("if")
                          ? Optional.of(expressions.expression())
                          : Optional.empty();
                  return new LoopHead(target, items, filter, tokens.takeName("recursive"));
                })
            .orElse(
                new LoopHead(new Target.Name("_"), nothing(opening.at()), Optional.empty(), false));
    List<Statement> body = body(Set.of("else", "endfor"));
    List<Statement> otherwise = List.of();
    if (tokens.takeName("else")) {
      end();
      otherwise = body(Set.of("endfor"));
    }
    endOf(opening, "endfor");
    return new Statement.For(
        head.target(),
        head.items(),
        head.filter(),
        head.recursive(),
        body,
        otherwise,
        opening.at());
  }

  private Target target(Set<String> enders) {
    List<Target> all = new ArrayList<>();
    boolean several = false;
    do {
      Token token = tokens.current();
      if (several
          && (token.isOperator(")")
              || token.isOperator("=")
              || (token.is(Kind.NAME) && enders.contains(token.text())))) {
        break;
      }
      all.add(oneTarget());
      several |= tokens.current().isOperator(",");
    } while (tokens.takeOperator(","));
    return several ? new Target.Several(List.copyOf(all)) : all.getFirst();
  }

  private Target oneTarget() {
    if (tokens.takeOperator("(")) {
      Target inner = target(Set.of());
      tokens.expectOperator(")");
      return inner;
    }
    Token name = tokens.expectName();
    if (Set.of("true", "false", "none", "True", "False", "None").contains(name.text())) {
      throw Failure.at(name.at(), "nothing can be given to `%s`".formatted(name.text()));
    }
    if (tokens.takeOperator(".")) {
      return new Target.Attribute(name.text(), tokens.expectName().text(), name.at());
    }
    return new Target.Name(name.text());
  }

  private Statement set(Token opening) {
    Target target = target(Set.of());
    if (tokens.takeOperator("=")) {
      Expression value = expressions.tuple();
      end();
      return new Statement.Set(target, value, opening.at());
    }
    Expression hole = new Expression.Name(Statement.HOLE, opening.at());
    Expression filtered = expressions.filters(hole);
    end();
    List<Statement> body = body(Set.of("endset"));
    endOf(opening, "endset");
    Optional<Expression> filters = filtered.equals(hole) ? Optional.empty() : Optional.of(filtered);
    return new Statement.SetBlock(target, filters, body, opening.at());
  }

  private Statement with(Token opening) {
    List<Target> targets = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    head(() -> {
      while (!tokens.current().is(Kind.BLOCK_END)) {
        if (!targets.isEmpty()) {
          tokens.expectOperator(",");
        }
        targets.add(oneTarget());
        tokens.expectOperator("=");
        values.add(expressions.expression());
      }
      return targets;
    });
    List<Statement> body = body(Set.of("endwith"));
    endOf(opening, "endwith");
    return new Statement.With(targets, values, body, opening.at());
  }

  private Statement filter(Token opening) {
    Expression hole = new Expression.Name(Statement.HOLE, opening.at());
    Expression filters = head(() -> expressions.filtersOfBlock(hole)).orElse(hole);
    List<Statement> body = body(Set.of("endfilter"));
    endOf(opening, "endfilter");
    return new Statement.FilterBlock(filters, body, opening.at());
  }

  private Statement macro(Token opening) {
    Token name = tokens.expectName();
    Signature signature = head(this::signature).orElse(new Signature(List.of(), List.of()));
    List<Statement> body = body(Set.of("endmacro"));
    endOf(opening, "endmacro");
    return new Statement.MacroDefinition(name.text(), signature, body, opening.at());
  }

  private Signature signature() {
    tokens.expectOperator("(");
    List<String> names = new ArrayList<>();
    List<Expression> defaults = new ArrayList<>();
    while (!tokens.current().isOperator(")")) {
      if (!names.isEmpty()) {
        tokens.expectOperator(",");
      }
      Token name = tokens.expectName();
      names.add(name.text());
      if (tokens.takeOperator("=")) {
        defaults.add(expressions.expression());
      } else if (!defaults.isEmpty()) {
        throw Failure.at(
            name.at(), "`%s` has no default and stands after one that has".formatted(name.text()));
      }
    }
    tokens.expectOperator(")");
    return new Signature(List.copyOf(names), List.copyOf(defaults));
  }

  private Statement call(Token opening) {
    Signature signature =
        tokens.current().isOperator("(") ? signature() : new Signature(List.of(), List.of());
    Expression called = head(expressions::expression).orElse(nothing(opening.at()));
    if (!(called instanceof Expression.Call)) {
      problems.add(Problem.at(opening.at(), "`call` needs a call such as `name()`"));
    }
    Expression.Call call =
        called instanceof Expression.Call given
            ? given
            : new Expression.Call(called, Expression.Given.NOTHING, opening.at());
    List<Statement> body = body(Set.of("endcall"));
    endOf(opening, "endcall");
    return new Statement.CallBlock(call, signature, body, opening.at());
  }

  private boolean context(boolean usual) {
    boolean with = tokens.current().isName("with");
    if ((with || tokens.current().isName("without")) && tokens.following().isName("context")) {
      tokens.take();
      tokens.take();
      return with;
    }
    return usual;
  }

  private Statement include(Token tag) {
    Expression name = expressions.expression();
    boolean ignore = false;
    if (tokens.current().isName("ignore") && tokens.following().isName("missing")) {
      tokens.take();
      tokens.take();
      ignore = true;
    }
    boolean with = context(true);
    end();
    return new Statement.Include(name, ignore, with, tag.at());
  }

  private Statement imported(Token tag) {
    Expression name = expressions.expression();
    tokens.expectName("as");
    String as = tokens.expectName().text();
    boolean with = context(false);
    end();
    return new Statement.Import(name, as, with, tag.at());
  }

  private Statement fromImport(Token tag) {
    Expression name = expressions.expression();
    tokens.expectName("import");
    List<Statement.Imported> names = new ArrayList<>();
    boolean with = false;
    while (true) {
      if (context(with) != with) {
        with = true;
        break;
      }
      if (tokens.current().is(Kind.BLOCK_END)) {
        break;
      }
      String imported = tokens.expectName().text();
      names.add(
          new Statement.Imported(
              imported, tokens.takeName("as") ? tokens.expectName().text() : imported));
      with = context(false);
      if (with || !tokens.takeOperator(",")) {
        break;
      }
    }
    end();
    return new Statement.FromImport(name, List.copyOf(names), with, tag.at());
  }

  private Statement block(Token opening) {
    Token name = tokens.expectName();
    boolean scoped = tokens.takeName("scoped");
    boolean required = tokens.takeName("required");
    end();
    if (!blocks.add(name.text())) {
      problems.add(Problem.at(name.at(), "the block `%s` stands twice".formatted(name.text())));
    }
    List<Statement> body = body(Set.of("endblock"));
    if (takeEnd(opening, "endblock")) {
      tokens.takeName(name.text());
      end();
    }
    return new Statement.Block(name.text(), scoped, required, body, opening.at());
  }
}
