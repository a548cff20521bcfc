package io.karez.template;

import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import io.karez.text.Problems;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Templates in the syntax of Jinja2, with the settings that it has by itself: values go in as they
/// are, a single newline at the end is dropped, tags keep the white space around them.
///
/// Manual: Jinja2 3.1, "Template Designer Documentation". What differs is in docs/templates.md.
public final class Jinja implements TemplateEngine {

  @Override
  public String extension() {
    return "j2";
  }

  @Override
  public String render(Template template, Map<String, ?> values, WhenUndefined undefined) {
    Problems problems = new Problems();
    List<Statement> statements = Parser.statements(template, problems);
    problems.throwIfAny();
    Evaluator evaluator = new Evaluator(undefined);
    Renderer renderer = new Renderer(evaluator, new Sources(template.siblings(), problems), values);
    List<Problem> stopped = new ArrayList<>();
    String text = "";
    try {
      text = renderer.text(statements);
    } catch (Failure e) {
      stopped.add(renderer.stopped(e, template.name()));
    } catch (StackOverflowError e) {
      stopped.add(
          renderer.stopped(Failure.of("the template calls itself without end"), template.name()));
    }
    evaluator.problems().forEach(problems::add);
    stopped.forEach(problems::add);
    problems.throwIfAny();
    return text;
  }

  @Override
  public Set<String> placeholders(Template template) {
    Problems problems = new Problems();
    Sources sources = new Sources(template.siblings(), problems);
    Set<String> names = new TreeSet<>();
    Set<String> seen = new HashSet<>();
    Deque<List<Statement>> left = new ArrayDeque<>();
    left.add(Parser.statements(template, problems));
    while (!left.isEmpty()) {
      List<Expression> used = new ArrayList<>();
      names.addAll(Walk.free(left.remove(), used));
      for (Expression expression : used) {
        // The name of another one is known here only where it is written out.
        if (expression instanceof Expression.Literal(String name, var at) && seen.add(name)) {
          sources.find(name).ifPresent(left::add);
        }
      }
    }
    problems.throwIfAny();
    return names;
  }

  /// What is wrong with the syntax of a template.
  static List<Problem> problems(Template template) {
    try {
      new Jinja().placeholders(template);
      return List.of();
    } catch (InvalidInputException e) {
      return e.problems();
    }
  }
}
