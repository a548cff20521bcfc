package io.karez.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void aMistakeIsSaidInPlainWordsWithItsPlace() {
    Map<String, String> mistakes =
        Map.of(
            "{\"a\": 1,\n \"b\": x}",
                "t:2:7: not valid JSON: neither a value nor the end of one can be read here",
            "{\"a\": 1 \"b\": 2}", "t:1:10: not valid JSON: a comma or `}` is missing",
            "[1 2]", "t:1:5: not valid JSON: a comma or `]` is missing",
            "{\"a\"", "t:1:5: not valid JSON: the text ends before it is complete",
            "[\"a", "t:1:4: not valid JSON: the quote is not closed",
            "{\"a\" 1}", "t:1:7: not valid JSON: a `:` is missing",
            "[\"\\q\"]", "t:1:5: not valid JSON: what follows the `\\` means nothing",
            "1 2", "t:1:4: not valid JSON: neither a value nor the end of one can be read here",
            "{\"a\": 1, \"a\": 2}", "t: not valid JSON: the key `a` stands twice, at $.a");
    mistakes.forEach((text, message) ->
        assertThatThrownBy(() -> Json.read(text, "t")).as(text).hasMessage(message));
  }

  @Test
  void aMistakeDeepInsideIsSaidShortly() {
    assertThatThrownBy(() -> Json.read("[".repeat(200) + "x", "t"))
        .satisfies(e -> assertThat(e.getMessage()).startsWith("t:1:").hasSizeLessThan(100));
    assertThatThrownBy(() -> Json.read("[".repeat(5_000), "t"))
        .hasMessageContaining("nested too deep");
  }
}
