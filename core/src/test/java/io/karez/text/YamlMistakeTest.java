package io.karez.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlMistakeTest {

  /// In the texts `;` ends a line and `>>` is a tab.
  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '"',
      value = {
        "a: b: c                # 1:5: a `:` stands where no value can begin",
        "a: 1;  b: 2            # 2:4: a `:` stands where no value can begin",
        "a: - b                 # 1:4: a `-` stands where no item can begin",
        "a:;>>b: 1              # 2:1: a tab stands before the text",
        "a: {b: 1;c: 2          # 1:4: the `{` is not closed, or a comma is missing behind it",
        "a: [b, c;d: 1          # 1:4: the `[` is not closed, or a comma is missing behind it",
        "a: 1;b: 'c;d: 1        # 2:4: the quote is not closed",
        "a: 'it's'              # 1:8: there is more text behind a value in quotes",
        "a: 1;b;                # 2:1: a key without its `:`",
        "a:;  b: 1; c: 2        # 3:2: the line is neither indented as the one above nor what"
            + " stands there on its level",
        "a: 1;- b               # 2:1: the line is neither indented as the one above nor what"
            + " stands there on its level",
        "a: @x                  # 1:4: text cannot begin with `@`",
        "a: *x                  # 1:4: `*x` refers to nothing",
        "a: [                   # 1:5: a value is missing",
        "a: ~x;b                # 2:1: a key without its `:`",
        "a: >x;  b              # 1:5: the text of a `|` or `>` begins on the line below it",
        "%%;a: 1                # 1:1: a line that begins with `%` is a directive of YAML, and this is none",
        "a: 1;---;b: 2          # 2:1: a second document begins",
      })
  void whatIsWrongIsSaidInPlainWordsWithItsPlace(String text, String expected) {
    assertThat(said(text.replace(";", "\n").replace(">>", "\t"))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"'a: 1\nb: x\u0001', '2:5: the character U+0001 cannot stand in text'"})
  void aCharacterThatTextCannotHoldHasItsPlace(String text, String expected) {
    assertThat(said(text)).isEqualTo(expected);
  }

  private static String said(String text) {
    Problem problem =
        catchThrowableOfType(InvalidInputException.class, () -> Yaml.read(text, "f.yaml"))
            .problems()
            .getFirst();
    assertThat(problem.sentence()).startsWith("f.yaml:").contains(": not valid YAML: ");
    return problem.sentence().replace("f.yaml:", "").replace(": not valid YAML", "");
  }
}
