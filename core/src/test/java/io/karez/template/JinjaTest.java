package io.karez.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.template.TemplateEngine.WhenUndefined;
import io.karez.text.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What Karez's engine does besides, or otherwise than, Jinja2.
class JinjaTest {
  private static final Jinja ENGINE = new Jinja();

  private static String render(String text, Map<String, ?> values) {
    return ENGINE.render(Template.of("job.bash.j2", text), values, WhenUndefined.ERROR);
  }

  private static List<String> problems(String text, Map<String, ?> values) {
    try {
      render(text, values);
      return List.of();
    } catch (InvalidInputException e) {
      return e.problems().stream()
          .map(p -> p.sentence() + p.hint().map(hint -> " -- " + hint).orElse(""))
          .toList();
    }
  }

  @Test
  void allUndefinedNamesComeTogetherWithTheNearestKnown() {
    assertThat(
            problems(
                "#!/bin/bash\n{{ tiem }} {{ other.x }}\n{% if whatever %}{% endif %}\n"
                    + "{% for i in lst %}{% endfor %}{{ d.nmae }}\n{{ tiem }}",
                Map.of("time", "1h", "d", Map.of("name", 1))))
        .containsExactly(
            "job.bash.j2:2:4: `tiem` is not defined -- did you mean `time`?",
            "job.bash.j2:2:15: `other` is not defined",
            "job.bash.j2:3:7: `whatever` is not defined",
            "job.bash.j2:4:13: `lst` is not defined -- did you mean `list`?",
            "job.bash.j2:4:36: `nmae` of `d` (it has `name`) is not defined",
            "job.bash.j2:5:4: `tiem` is not defined -- did you mean `time`?");
  }

  @Test
  void allMistakesOfSyntaxComeTogether() {
    assertThat(
            problems(
                "{{ a|uper }} {{ 1 is od }}\n{% iff a %}\n{{ 1 + }}\n{% for x in %}\n{% endfor %}\n"
                    + "{% if a %}",
                Map.of("a", 1)))
        .containsExactly(
            "job.bash.j2:1:6: there is no filter `uper` -- did you mean `upper`?",
            "job.bash.j2:1:22: there is no test `od` -- did you mean `odd`?",
            "job.bash.j2:2:4: there is no tag `iff` -- did you mean `if`?",
            "job.bash.j2:3:8: a value is expected, not `}}`",
            "job.bash.j2:4:13: a value is expected, not `%}`",
            "job.bash.j2:6:4: `if` has no end: `{% endif %}` is missing");
  }

  @Test
  void aShellsLengthOfAVariableIsExplained() {
    assertThat(problems("x\necho ${#A}\necho ${#B} #}\n", Map.of()))
        .containsExactly(
            "job.bash.j2:2:7: `${#` begins a comment of the template here -- for the shell's `${#NAME}`"
                + " write `${{ '{#' }}NAME}`, or put the lines between `{% raw %}` and `{% endraw %}`",
            "job.bash.j2:3:7: `${#` begins a comment of the template here -- for the shell's `${#NAME}`"
                + " write `${{ '{#' }}NAME}`, or put the lines between `{% raw %}` and `{% endraw %}`");
    assertThat(render("${{ '{#' }}A}", Map.of())).isEqualTo("${#A}");
  }

  /// What is asked of a value by name comes from a list of ours, so nothing of Java or Python is
  /// there.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ ''.getClass() }}",
        "{{ ''.class }}",
        "{{ ''.__class__ }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ []['__class__'] }}",
        "{{ range.__globals__ }}",
        "{{ ''|attr('__class__') }}",
        "{{ loop.getClass() }}",
        "{{ self._TemplateReference__context }}",
        "{{ [1]|map(attribute='class')|list|first }}",
        "{{ x.values.getClass() }}"
      })
  void nothingBehindAValueCanBeReached(String text) {
    assertThat(problems(text, Map.of("x", Map.of()))).isNotEmpty();
  }

  @Test
  void onlySiblingsCanBeIncluded() {
    List<String> asked = new ArrayList<>();
    Template template =
        new Template(
            "a.sh.j2",
            "{% include '../secret' ignore missing %}{% include 'b.j2' ignore missing %}",
            name -> {
              asked.add(name);
              return Optional.empty();
            });
    assertThat(ENGINE.render(template, Map.of(), WhenUndefined.ERROR)).isEmpty();
    assertThat(asked).containsExactly("../secret", "b.j2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
        "{% for i in range(100000000) %}x{% endfor %}",
        "{{ 10 ** 10000000 }}",
        "{{ 'x' * 10 ** 12 }}",
        "{% set l = [1] %}{% include 'self' %}"
      })
  void whatWouldTakeForEverIsRefused(String text) {
    Template template = new Template("job.bash.j2", text, name -> Optional.of(text));
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> ENGINE.render(template, Map.of(), WhenUndefined.ERROR)))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void placeholdersAreTheNamesThatHaveToBeGiven() {
    Template template =
        new Template(
            "a.sh.j2",
            "{% set x = 1 %}{{ x }}{{ a.b }}{% for i in list1 if i > least %}{{ i }}{{ loop.index }}"
                + "{% endfor %}{% if c is defined %}{% endif %}{{ len(d|default(e)) }}"
                + "{% macro m(p, q=f) %}{{ p }}{{ g }}{% endmacro %}{% include 'b' %}{{ i }}",
            name -> Optional.of("{{ inside }}{{ x }}"));
    assertThat(ENGINE.placeholders(template))
        .containsExactly("a", "c", "d", "e", "f", "g", "i", "inside", "least", "list1", "x");
  }

  @Test
  void valuesReachAShellAsTheyAre() {
    assertThat(
            render(
                "{{ a|sh }} {{ b|sh }} {{ c|sh }} {{ d|options }}",
                Map.of(
                    "a",
                    "it's $HOME",
                    "b",
                    1.5,
                    "c",
                    List.of("x y", 2),
                    "d",
                    new java.util.TreeMap<>(
                        Map.of("lr", 0.1, "mode", "test", "on", true, "off", false)))))
        .isEqualTo("'it'\\''s $HOME' 1.5 'x y' 2 --lr 0.1 --mode 'test' --on");
    assertThat(problems("{{ a|sh }}", Map.of("a", "x\0y")))
        .containsExactly(
            "job.bash.j2:1:6: a value holds a NUL character, which no program argument can carry");
  }
}
