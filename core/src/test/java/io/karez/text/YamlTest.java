package io.karez.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class YamlTest {
  private static final String[] PARTS = {
    "a", "Z", " ", "  ", "'", "\"", ":", ": ", "#", " #", "-", "- ", "?", "? ", "[", "]", "{", "}",
    ",", "&", "*", "!", "|", ">", "%", "@", "`", "\\", "\n", "\n\n", "\t", "é", "😀", "null", "~",
    "true", "10.", "0x1F", "1e3", "=", "<<", "---", "...", "\u0085", "\u2028", "\u0007", "\uFEFF",
    "\r", "\r\n", "$HOME", "\u00a0"
  };

  @Test
  void whatIsNestedTooDeepIsRefusedWithItsPlace() {
    for (int depth : new int[] {102, 5_000, 100_000}) {
      assertThatThrownBy(() -> Yaml.read("a:\n  " + "[".repeat(depth), "t"))
          .as(String.valueOf(depth))
          .isInstanceOf(InvalidInputException.class);
    }
    assertThatThrownBy(() -> Yaml.read("a:\n  " + "[".repeat(5_000) + "]".repeat(5_000), "t"))
        .hasMessage("t:2:103: nested deeper than 100 levels, or containing itself");
  }

  @Test
  void textLooksAsAPersonWouldWriteIt() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("plain", "a b (c), d");
    map.put("number", 2);
    map.put("text that looks like a number", "2");
    map.put(
        "words that other readers take for values", List.of("no", "True", "1-00:00:00", "1e3", ""));
    map.put("quoted", List.of("a: b", "it's # no comment", "tab\there"));
    map.put("lines", "one\n\ntwo\n");
    map.put("items", List.of(Map.of("k", Map.of("l", List.of("m", List.of("o"))))));
    map.put("empty", List.of(List.of(), Map.of()));
    map.put("null", null);
    assertThat(Yaml.write(map))
        .isEqualTo(
            """
            plain: a b (c), d
            number: 2
            text that looks like a number: '2'
            words that other readers take for values:
            - 'no'
            - 'True'
            - 1-00:00:00
            - '1e3'
            - ''
            quoted:
            - 'a: b'
            - 'it''s # no comment'
            - "tab\\there"
            lines: |
              one

              two
            items:
            - k:
                l:
                - m
                -
                  - o
            empty:
            - []
            - {}
            'null': null
            """);
  }

  @Test
  void whateverIsWrittenIsReadBack() {
    Random random = new Random(20_260_102);
    for (int i = 0; i < 5_000; i++) {
      Object value = value(random, 3);
      String yaml = Yaml.write(value);
      assertThat(Yaml.read(yaml, "y").map(Yaml::plain).orElse(null)).as(yaml).isEqualTo(value);
    }
  }

  @Test
  void textOfManyWordsIsWritten() {
    String text = "word ".repeat(50_000) + "end";
    assertThat(Yaml.write(text)).isEqualTo(text + "\n");
  }

  private static Object value(Random random, int depth) {
    int kind = depth == 0 ? 0 : random.nextInt(3);
    if (kind == 0) {
      return text(random);
    }
    int size = random.nextInt(4);
    if (kind == 1) {
      List<Object> list = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        list.add(value(random, depth - 1));
      }
      return list;
    }
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      map.put(text(random), value(random, depth - 1));
    }
    return map;
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(7); i > 0; i--) {
      text.append(PARTS[random.nextInt(PARTS.length)]);
    }
    return text.toString();
  }
}
