package io.karez.expand;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import io.karez.text.InvalidInputException;
import io.karez.text.Json;
import io.karez.text.JsonMistake;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.Problems;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Rows from JSON objects: one array of them, or one a line. Numbers keep their text.
final class JsonRows {
  private JsonRows() {}

  static RowReader array(Reader text, String source, Problems problems) {
    JsonReader in = Json.reader(text);
    return new RowReader() {
      private long number;
      private boolean begun;

      @Override
      public Optional<Row> next() throws IOException {
        return guarded(
            new Place(source, 0, 0),
            () -> {
              if (!begun) {
                begun = true;
                if (in.peek() != JsonToken.BEGIN_ARRAY) {
                  throw new InvalidInputException(
                      Problem.at(Place.of(source), "the table is not an array of objects"));
                }
                in.beginArray();
              }
              if (!in.hasNext()) {
                in.endArray();
                if (in.peek() != JsonToken.END_DOCUMENT) {
                  throw new MalformedJsonException("something stands after the array");
                }
                return Optional.empty();
              }
              number++;
              return Optional.of(row(in, Place.of(source + ", row " + number), problems));
            });
      }

      @Override
      public void close() throws IOException {
        in.close();
      }
    };
  }

  static RowReader lines(Reader text, String source, Problems problems) {
    BufferedReader in = new BufferedReader(text);
    return new RowReader() {
      private int line;

      @Override
      public Optional<Row> next() throws IOException {
        String next = in.readLine();
        line++;
        while (next != null && next.isBlank()) {
          next = in.readLine();
          line++;
        }
        if (next == null) {
          return Optional.empty();
        }
        JsonReader object = Json.reader(new StringReader(next));
        Place place = new Place(source, line, 0);
        return guarded(
            place,
            () -> {
              Row row = row(object, place, problems);
              if (object.peek() != JsonToken.END_DOCUMENT) {
                throw new MalformedJsonException("something stands after the object");
              }
              return Optional.of(row);
            });
      }

      @Override
      public void close() throws IOException {
        in.close();
      }
    };
  }

  private interface Reading {
    Optional<Row> run() throws IOException;
  }

  private static Optional<Row> guarded(Place place, Reading reading) throws IOException {
    try {
      return reading.run();
    } catch (MalformedJsonException | EOFException | IllegalStateException e) {
      throw new InvalidInputException(JsonMistake.problem(e, place));
    }
  }

  private static Row row(JsonReader in, Place place, Problems problems) throws IOException {
    List<Row.Cell> cells = new ArrayList<>();
    if (in.peek() != JsonToken.BEGIN_OBJECT) {
      problems.add(Problem.at(place, "the row is not an object"));
      in.skipValue();
      return new Row(place, List.of());
    }
    Set<String> names = new HashSet<>();
    in.beginObject();
    while (in.hasNext()) {
      String name = in.nextName();
      Row.Column column = Row.Column.of(name);
      if (name.isEmpty()) {
        problems.add(Problem.at(place, "a value has an empty name"));
      } else if (!names.add(column.name())) {
        problems.add(Problem.at(place, "`" + column.name() + "` stands twice"));
      }
      cell(in, column, place, problems).ifPresent(cells::add);
    }
    in.endObject();
    return Row.of(place, cells);
  }

  private static Optional<Row.Cell> cell(
      JsonReader in, Row.Column column, Place place, Problems problems) throws IOException {
    return switch (in.peek()) {
      case STRING, NUMBER ->
          Optional.of(new Row.Cell(column, column.argument(List.of(in.nextString()))));
      case NULL -> {
        in.nextNull();
        yield Optional.empty();
      }
      case BOOLEAN -> {
        boolean given = in.nextBoolean();
        if (given && column.takesOneValue()) {
          problems.add(
              Problem.at(place, "`" + column.name() + "` is true, and only an option can be a flag")
                  .hint("write the text `\"true\"`"));
          yield Optional.empty();
        }
        yield given
            ? Optional.of(new Row.Cell(column, column.argument(List.of())))
            : Optional.empty();
      }
      case BEGIN_ARRAY -> several(in, column, place, problems);
      case BEGIN_OBJECT, END_ARRAY, END_OBJECT, END_DOCUMENT, NAME -> {
        problems.add(Problem.at(place, "`" + column.name() + "` is an object, not a value"));
        in.skipValue();
        yield Optional.empty();
      }
    };
  }

  private static Optional<Row.Cell> several(
      JsonReader in, Row.Column column, Place place, Problems problems) throws IOException {
    List<String> values = new ArrayList<>();
    boolean plain = !column.takesOneValue();
    in.beginArray();
    while (in.hasNext()) {
      if (in.peek() == JsonToken.STRING || in.peek() == JsonToken.NUMBER) {
        values.add(in.nextString());
      } else {
        plain = false;
        in.skipValue();
      }
    }
    in.endArray();
    if (!plain) {
      problems.add(
          Problem.at(
              place,
              "`"
                  + column.name()
                  + "` is an array; only an option takes one, of text and numbers"));
      return Optional.empty();
    }
    return Optional.of(new Row.Cell(column, column.argument(values)));
  }
}
