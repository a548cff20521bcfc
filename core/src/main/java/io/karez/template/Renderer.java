package io.karez.template;

import io.karez.template.Statement.Target;
import io.karez.text.Place;
import io.karez.text.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Writes the text of a template.
final class Renderer {
  /// Deeper than any template means to go.
  private static final int DEEPEST = 200;

  /// Longer than any script.
  private static final int LONGEST = 50_000_000;

  private final Evaluator evaluator;
  private final Sources sources;
  private final Map<String, Object> values;
  private int depth;

  /// @param values what was given, by name
  Renderer(Evaluator evaluator, Sources sources, Map<String, ?> values) {
    this.evaluator = evaluator;
    this.sources = sources;
    this.values = new LinkedHashMap<>(values);
  }

  /// One template while it is written, with those that it extends.
  private static final class Page {
    final Scope top;
    final Map<String, List<Statement.Block>> blocks = new HashMap<>();
    Optional<Statement.Extends> parent = Optional.empty();

    Page(Scope top) {
      this.top = top;
    }
  }

  String text(List<Statement> statements) {
    StringBuilder out = new StringBuilder();
    write(statements, new Page(Scope.of(values)), out);
    return out.toString();
  }

  private void write(List<Statement> first, Page page, StringBuilder out) {
    List<Statement> statements = first;
    Map<String, Object> self = new HashMap<>();
    for (int i = 0; i < DEEPEST; i++) {
      Walk.blocks(statements)
          .forEach(block ->
              page.blocks.computeIfAbsent(block.name(), name -> new ArrayList<>()).add(block));
      page.blocks.forEach((name, versions) ->
          self.put(name, (Callable) args -> block(versions.getFirst(), 0, page.top, page)));
      if (!self.isEmpty()) {
        page.top.set("self", new Module(self));
      }
      page.parent = Optional.empty();
      all(statements, page.top, page, out);
      if (page.parent.isEmpty()) {
        return;
      }
      Statement.Extends parent = page.parent.get();
      Optional<List<Statement>> next = source(parent.name(), page.top, false, parent.at());
      if (next.isEmpty()) {
        return;
      }
      statements = next.get();
    }
    throw Failure.of("templates extend one another in a circle");
  }

  private Optional<List<Statement>> source(
      Expression name, Scope scope, boolean mayBeMissing, Place at) {
    Object value = evaluator.used(name, scope, true);
    if (value instanceof Undefined) {
      return Optional.empty();
    }
    List<Object> names = value instanceof String ? List.of(value) : Values.list(value);
    for (Object one : names) {
      Optional<List<Statement>> found = sources.find(Texts.str(one));
      if (found.isPresent()) {
        return found;
      }
    }
    if (!mayBeMissing) {
      evaluator.failed(
          Failure.at(
                  at,
                  "there is no template `%s`"
                      .formatted(String.join("` or `", names.stream().map(Texts::str).toList())))
              .hint("a template finds those that lie in its own directory"),
          at);
    }
    return Optional.empty();
  }

  private void all(List<Statement> statements, Scope scope, Page page, StringBuilder out) {
    if (++depth > DEEPEST) {
      depth--;
      throw Failure.of("the template goes deeper than %d levels".formatted(DEEPEST));
    }
    try {
      for (Statement statement : statements) {
        // What stands below `extends` is for the blocks of the parent.
        write(statement, scope, page, page.parent.isPresent() ? new StringBuilder() : out);
        if (out.length() > LONGEST) {
          throw Failure.of("the text is longer than %d characters".formatted(LONGEST));
        }
      }
    } finally {
      depth--;
    }
  }

  private void write(Statement statement, Scope scope, Page page, StringBuilder out) {
    switch (statement) {
      case Statement.Data(String text) -> out.append(text);
      case Statement.Output(Expression value) -> out.append(evaluator.text(value, scope));
      case Statement.If(var branches, var otherwise) -> {
        for (Statement.Branch branch : branches) {
          if (evaluator.holds(branch.test(), scope)) {
            all(branch.body(), scope, page, out);
            return;
          }
        }
        all(otherwise, scope, page, out);
      }
      case Statement.For loop -> {
        Object items = evaluator.value(loop.items(), scope);
        out.append(loop(loop, items, 0, scope, page));
      }
      case Statement.Set set ->
          assign(set.target(), evaluator.value(set.value(), scope), scope, set.at());
      case Statement.SetBlock set -> {
        Object text = captured(set.body(), scope, page);
        Object value = set.filters().map(filters -> filled(filters, text, scope)).orElse(text);
        assign(set.target(), value, scope, set.at());
      }
      case Statement.With with -> {
        Scope inside = scope.inside();
        for (int i = 0; i < with.targets().size(); i++) {
          Object value = evaluator.value(with.values().get(i), scope);
          assign(with.targets().get(i), value, inside, with.at());
        }
        all(with.body(), inside, page, out);
      }
      case Statement.FilterBlock filter ->
          out.append(
              Texts.str(filled(filter.filters(), captured(filter.body(), scope, page), scope)));
      case Statement.MacroDefinition macro ->
          scope.set(
              macro.name(), macro(macro.name(), macro.signature(), macro.body(), scope, page));
      case Statement.CallBlock block -> {
        Macro caller = macro("caller", block.signature(), block.body(), scope, page);
        try {
          out.append(Texts.str(evaluator.call(block.call(), scope, Map.of("caller", caller))));
        } catch (Failure e) {
          evaluator.failed(e, block.at());
        }
      }
      case Statement.Include include ->
          source(include.name(), scope, include.ignoreMissing(), include.at())
              .ifPresent(statements -> write(statements, included(include, scope), out));
      case Statement.Import imported ->
          module(imported.name(), imported.withContext(), scope, imported.at())
              .ifPresent(module -> scope.set(imported.as(), module));
      case Statement.FromImport imported ->
          module(imported.name(), imported.withContext(), scope, imported.at())
              .ifPresent(module ->
                  imported
                      .names()
                      .forEach(name -> scope.set(name.as(), exported(module, name.name()))));
      case Statement.Extends parent -> {
        if (page.parent.isPresent()) {
          evaluator.failed(Failure.of("a template can extend one other"), parent.at());
        }
        page.parent = Optional.of(parent);
      }
      case Statement.Block block -> {
        if (page.parent.isEmpty()) {
          out.append(block(block, 0, block.scoped() ? scope : page.top, page));
        }
      }
    }
  }

  private static Page included(Statement.Include include, Scope scope) {
    Scope inside = include.withContext() ? scope.inside() : Scope.of(Map.of());
    // A loop is not for those that it includes.
    inside.set("loop", new Undefined("`loop`", "", false));
    return new Page(inside);
  }

  private String captured(List<Statement> body, Scope scope, Page page) {
    StringBuilder text = new StringBuilder();
    all(body, scope.inside(), page, text);
    return text.toString();
  }

  private Object filled(Expression filters, Object text, Scope scope) {
    Scope inside = scope.inside();
    inside.set(Statement.HOLE, text);
    return evaluator.value(filters, inside);
  }

  private String loop(Statement.For loop, Object value, int depthOfLoops, Scope scope, Page page) {
    List<Object> items = new ArrayList<>();
    for (Object item : evaluator.items(value, loop.items().at(), scope)) {
      Scope inside = scope.inside();
      if (loop.filter().isPresent()) {
        assign(loop.target(), item, inside, loop.at());
        if (!evaluator.holds(loop.filter().get(), inside)) {
          continue;
        }
      }
      items.add(item);
    }
    StringBuilder out = new StringBuilder();
    Optional<Function<Object, Object>> again =
        loop.recursive()
            ? Optional.of(others -> loop(loop, others, depthOfLoops + 1, scope, page))
            : Optional.empty();
    Loop state = new Loop(items, depthOfLoops, again);
    for (int i = 0; i < items.size(); i++) {
      state.at(i);
      Scope inside = scope.inside();
      inside.set("loop", state);
      assign(loop.target(), items.get(i), inside, loop.at());
      all(loop.body(), inside, page, out);
    }
    if (items.isEmpty()) {
      all(loop.otherwise(), scope.inside(), page, out);
    }
    return out.toString();
  }

  private void assign(Target target, Object value, Scope scope, Place at) {
    switch (target) {
      case Target.Name(String name) -> scope.set(name, value);
      case Target.Several(List<Target> targets) -> {
        List<Object> parts = evaluator.items(value, at, scope);
        if (parts.size() != targets.size()) {
          evaluator.failed(
              Failure.of(
                  "%d values cannot be given to %d names".formatted(parts.size(), targets.size())),
              at);
        }
        for (int i = 0; i < targets.size(); i++) {
          Object part = i < parts.size() ? parts.get(i) : new Undefined("", "", true);
          assign(targets.get(i), part, scope, at);
        }
      }
      case Target.Attribute(String name, String attribute, Place place) -> {
        if (scope.get(name).orElse(None.NONE) instanceof Namespace(var space)) {
          space.put(attribute, value);
        } else {
          evaluator.failed(
              Failure.of("`%s` is no namespace, so it cannot be changed".formatted(name))
                  .hint("`{%% set %s = namespace() %%}` makes it one".formatted(name)),
              place);
        }
      }
    }
  }

  private Macro macro(
      String name, Statement.Signature signature, List<Statement> body, Scope scope, Page page) {
    Set<String> more = Walk.names(body);
    more.retainAll(Set.of("varargs", "kwargs", "caller"));
    return new Macro(
        name,
        signature.names(),
        more,
        given -> {
          Scope inside = scope.inside();
          int plain = signature.names().size() - signature.defaults().size();
          for (int i = 0; i < signature.names().size(); i++) {
            String parameter = signature.names().get(i);
            Object value = given.get(parameter);
            if (value == null) {
              value =
                  i >= plain
                      ? evaluator.value(signature.defaults().get(i - plain), inside)
                      : new Undefined(
                          "the parameter `%s` of `%s`".formatted(parameter, name), "", false);
            }
            inside.set(parameter, value);
          }
          for (String extra : more) {
            inside.set(
                extra,
                given.getOrDefault(extra, new Undefined("`%s`".formatted(extra), "", false)));
          }
          StringBuilder text = new StringBuilder();
          // A macro is no part of what is extended.
          all(body, inside, new Page(page.top), text);
          return text.toString();
        });
  }

  private Optional<Module> module(Expression name, boolean withContext, Scope scope, Place at) {
    return source(name, scope, false, at)
        .map(statements -> {
          Page page = new Page(withContext ? scope.inside() : Scope.of(Map.of()));
          write(statements, page, new StringBuilder());
          return new Module(page.top.own());
        });
  }

  private static Object exported(Module module, String name) {
    return module
        .attribute(name)
        .orElseGet(
            () -> new Undefined("`%s` of the imported template".formatted(name), name, false));
  }

  /// @param level 0 for the block of the template that was asked for, 1 for that of its parent ...
  private String block(Statement.Block block, int level, Scope scope, Page page) {
    List<Statement.Block> all = Objects.requireNonNull(page.blocks.get(block.name()));
    Statement.Block meant = all.get(level);
    if (meant.required() && level == all.size() - 1) {
      evaluator.failed(
          Failure.of("the block `%s` has to be filled".formatted(block.name())), block.at());
    }
    Scope inside = scope.inside();
    inside.set(
        "super",
        level + 1 < all.size()
            ? (Callable) args -> block(block, level + 1, scope, page)
            : new Undefined("`super` of a block that has no parent", "", false));
    StringBuilder text = new StringBuilder();
    all(meant.body(), inside, page, text);
    return text.toString();
  }

  /// What stands in the way as a problem; the rest of the template was not looked at.
  Problem stopped(Failure failure, String template) {
    return failure.problem(new Place(template, 0, 0));
  }
}
