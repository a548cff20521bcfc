package io.karez.template;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Values as Jinja2's `tojson` writes them: keys in order, and what HTML could mistake escaped.
final class JsonText {
  private final StringBuilder out = new StringBuilder();
  private final String indent;

  private JsonText(String indent) {
    this.indent = indent;
  }

  static String of(Object value, Optional<Object> indent) {
    JsonText text =
        new JsonText(
            indent
                .map(width ->
                    width instanceof String given
                        ? given
                        : " ".repeat(Values.index(width, "tojson")))
                .orElse(""));
    text.write(value, indent.isPresent() ? "\n" : "");
    return text.out.toString();
  }

  private void write(Object value, String line) {
    switch (value) {
      case None none -> out.append("null");
      case Boolean truth -> out.append(truth ? "true" : "false");
      case String text -> string(text);
      case Object number when Values.isNumber(number) -> out.append(number(number));
      case Map<?, ?> map -> dict(map, line);
      case Object list when list instanceof java.util.List || list instanceof Tuple -> {
        java.util.List<Object> items = Values.list(list);
        out.append('[');
        for (int i = 0; i < items.size(); i++) {
          out.append(i == 0 ? "" : line.isEmpty() ? ", " : ",").append(below(line));
          write(items.get(i), below(line));
        }
        out.append(items.isEmpty() ? "" : line).append(']');
      }
      default -> throw Failure.of("`tojson` cannot write a value of type " + Values.type(value));
    }
  }

  private static String number(Object number) {
    return switch (Texts.str(number)) {
      case "nan" -> "NaN";
      case "inf" -> "Infinity";
      case "-inf" -> "-Infinity";
      case String text -> text;
    };
  }

  private String below(String line) {
    return line.isEmpty() ? "" : line + indent;
  }

  private void dict(Map<?, ?> map, String line) {
    Map<String, Object> sorted = new TreeMap<>();
    map.forEach((key, one) ->
        sorted.put(
            switch (key) {
              case String text -> text;
              case None none -> "null";
              case Boolean truth -> truth ? "true" : "false";
              default -> Texts.str(key);
            },
            one));
    out.append('{');
    int i = 0;
    for (Map.Entry<String, Object> entry : sorted.entrySet()) {
      out.append(i++ == 0 ? "" : line.isEmpty() ? ", " : ",").append(below(line));
      string(entry.getKey());
      out.append(": ");
      write(entry.getValue(), below(line));
    }
    out.append(sorted.isEmpty() ? "" : line).append('}');
  }

  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          boolean plain = c >= ' ' && c < 127 && "<>&'".indexOf(c) < 0;
          if (plain) {
            out.append(c);
          } else {
            out.append("\\u%04x".formatted((int) c));
          }
        }
      }
    }
    out.append('"');
  }
}
