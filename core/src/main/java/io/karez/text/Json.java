package io.karez.text;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON text to plain values and back (RFC 8259, strictly): objects are `Map<String, Object>` in
/// their order, arrays `List<Object>`, numbers `Long` or `BigDecimal`, then `String`, `Boolean` and
/// null.
public final class Json {
  private static final int LONGEST_PATH = 100;

  private Json() {}

  /// Reads one document and nothing after it.
  ///
  /// @throws InvalidInputException naming the source, line and column
  public static @Nullable Object read(String text, String source) {
    return read(new StringReader(text), source);
  }

  /// Reads one document and nothing after it.
  ///
  /// @throws InvalidInputException naming the source, line and column, and a key that an object has
  ///   twice
  public static @Nullable Object read(Reader text, String source) {
    JsonReader in = reader(text);
    try {
      Object value = value(in);
      if (in.peek() != JsonToken.END_DOCUMENT) {
        throw new MalformedJsonException("something stands after the document");
      }
      return value;
    } catch (MalformedJsonException
        | EOFException
        | IllegalStateException
        | NumberFormatException e) {
      throw new InvalidInputException(JsonMistake.problem(e, Place.of(source)));
    } catch (IOException e) {
      throw new UncheckedIOException(source, e);
    }
  }

  /// On one line, without a final newline.
  public static String write(@Nullable Object value) {
    StringWriter text = new StringWriter();
    write(value, text, false);
    return text.toString();
  }

  /// Indented by two blanks, without a final newline.
  public static String writeIndented(@Nullable Object value) {
    StringWriter text = new StringWriter();
    write(value, text, true);
    return text.toString();
  }

  public static JsonWriter writer(Writer out) {
    JsonWriter json = new JsonWriter(out);
    json.setStrictness(Strictness.STRICT);
    json.setHtmlSafe(false);
    json.setSerializeNulls(true);
    return json;
  }

  public static JsonReader reader(Reader in) {
    JsonReader json = new JsonReader(in);
    json.setStrictness(Strictness.STRICT);
    return json;
  }

  /// Writes what {@link #read} returns; any other object by its `toString`.
  public static void put(JsonWriter json, @Nullable Object value) throws IOException {
    if (value == null) {
      json.nullValue();
    } else if (value instanceof Map<?, ?> map) {
      json.beginObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.name(String.valueOf(entry.getKey()));
        put(json, entry.getValue());
      }
      json.endObject();
    } else if (value instanceof Iterable<?> items) {
      json.beginArray();
      for (Object item : items) {
        put(json, item);
      }
      json.endArray();
    } else if (value instanceof Boolean truth) {
      json.value(truth);
    } else if (value instanceof Number number) {
      json.value(number);
    } else {
      json.value(value.toString());
    }
  }

  private static void write(@Nullable Object value, Writer out, boolean indented) {
    try {
      JsonWriter json = writer(out);
      if (indented) {
        json.setIndent("  ");
      }
      put(json, value);
      json.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable Object value(JsonReader in) throws IOException {
    return switch (in.peek()) {
      case BEGIN_OBJECT -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        in.beginObject();
        while (in.hasNext()) {
          String key = in.nextName();
          if (map.containsKey(key)) {
            throw new MalformedJsonException("the key `" + key + "` stands twice" + at(in));
          }
          map.put(key, value(in));
        }
        in.endObject();
        yield map;
      }
      case BEGIN_ARRAY -> {
        List<@Nullable Object> list = new ArrayList<>();
        in.beginArray();
        while (in.hasNext()) {
          list.add(value(in));
        }
        in.endArray();
        yield list;
      }
      case STRING -> in.nextString();
      case NUMBER -> number(in.nextString());
      case BOOLEAN -> in.nextBoolean();
      case NULL -> {
        in.nextNull();
        yield null;
      }
      case NAME, END_ARRAY, END_OBJECT, END_DOCUMENT ->
          throw new MalformedJsonException("a value is missing");
    };
  }

  private static Object number(String text) {
    boolean whole = text.length() < 19;
    // an array, because `charAt` is four calls to an interpreter
    char[] characters = text.toCharArray();
    for (char c : characters) {
      whole &= c == '-' || (c >= '0' && c <= '9');
    }
    return whole ? (Object) Long.valueOf(text) : new BigDecimal(text);
  }

  /// Where that helps to find it.
  private static String at(JsonReader in) {
    String path = in.getPath();
    return path.length() > LONGEST_PATH ? "" : ", at " + path;
  }
}
