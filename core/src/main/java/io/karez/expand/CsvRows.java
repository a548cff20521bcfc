package io.karez.expand;

import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.Problems;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Rows of comma-separated values (RFC 4180) under a header. Line ends may be LF; empty lines are
/// skipped.
final class CsvRows implements RowReader {
  private final BufferedReader in;
  private final String source;
  private final Problems problems;
  private final List<Row.Column> columns = new ArrayList<>();
  private int line = 1;
  private boolean headerRead;

  CsvRows(Reader in, String source, Problems problems) {
    this.in = new BufferedReader(in);
    this.source = source;
    this.problems = problems;
  }

  /// @param quoted tells `""` from nothing
  private record Field(String text, boolean quoted) {}

  @Override
  public Optional<Row> next() throws IOException {
    if (!headerRead) {
      headerRead = true;
      header();
    }
    while (true) {
      int start = line;
      List<Field> fields = record();
      if (fields.isEmpty()) {
        return Optional.empty();
      }
      if (fields.size() == 1 && fields.getFirst().text.isEmpty() && !fields.getFirst().quoted) {
        continue;
      }
      Place place = new Place(source, start, 0);
      if (fields.size() != columns.size()) {
        problems.add(
            Problem.at(
                place, "the row has " + fields.size() + " values, the header " + columns.size()));
        return Optional.of(new Row(place, List.of()));
      }
      return Optional.of(Row.of(place, cells(fields)));
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private List<Row.Cell> cells(List<Field> fields) {
    List<Row.Cell> cells = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      if (!field.text.isEmpty() || field.quoted) {
        Row.Column column = columns.get(i);
        cells.add(new Row.Cell(column, column.argument(List.of(field.text))));
      }
    }
    return cells;
  }

  private void header() throws IOException {
    in.mark(1);
    if (in.read() != '\uFEFF') {
      in.reset();
    }
    Set<String> names = new HashSet<>();
    List<Field> fields = record();
    for (int i = 0; i < fields.size(); i++) {
      Row.Column column = Row.Column.of(fields.get(i).text.strip());
      Place place = new Place(source, 1, 0);
      if (column.name().equals("--")) {
        problems.add(Problem.at(place, "column " + (i + 1) + " of the header has no name"));
      } else if (!names.add(column.name())) {
        problems.add(Problem.at(place, "the column `" + column.name() + "` stands twice"));
      }
      columns.add(column);
    }
  }

  /// The fields of one record, which may span lines; empty at the end of the text.
  private List<Field> record() throws IOException {
    List<Field> fields = new ArrayList<>();
    int c = in.read();
    if (c < 0) {
      return fields;
    }
    StringBuilder text = new StringBuilder();
    boolean quoted = false;
    while (true) {
      if (c == '"' && text.isEmpty() && !quoted) {
        quoted = true;
        c = quotedText(text);
        if (c >= 0 && c != ',' && c != '\r' && c != '\n') {
          throw fault("text follows a closing quote; a quote inside quotes is written twice");
        }
        continue;
      }
      boolean carriageReturn = c == '\r' && peek() == '\n';
      if (c < 0 || c == '\n' || carriageReturn) {
        fields.add(new Field(text.toString(), quoted));
        if (carriageReturn) {
          in.read();
        }
        line++;
        return fields;
      }
      if (c == ',') {
        fields.add(new Field(text.toString(), quoted));
        text.setLength(0);
        quoted = false;
      } else {
        text.append((char) c);
      }
      c = in.read();
    }
  }

  /// Reads to the closing quote; the character after it comes back.
  private int quotedText(StringBuilder text) throws IOException {
    int start = line;
    while (true) {
      int c = in.read();
      if (c < 0) {
        line = start;
        throw fault("a quote is not closed");
      }
      if (c == '"') {
        int after = in.read();
        if (after != '"') {
          return after;
        }
      } else if (c == '\n') {
        line++;
      }
      text.append((char) c);
    }
  }

  private int peek() throws IOException {
    in.mark(1);
    int c = in.read();
    in.reset();
    return c;
  }

  private InvalidInputException fault(String message) {
    return new InvalidInputException(Problem.at(new Place(source, line, 0), message));
  }
}
