package io.karez.expand;

import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.Problems;
import io.karez.text.ShellWords;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/// Combinations written out, one a row. Rows are read as they are needed and never held.
///
/// A column's name `lr` or `--lr` is an option, `lr=` or `--lr=` a word with its key, a number a
/// positional. In CSV an empty cell gives nothing and `""` an empty value; in JSON `true` gives a
/// bare flag, `false` and null nothing, an array several words. Positionals come first, by number,
/// then the options in the order of the columns.
public final class Table {
  private static final int MAX_PROBLEMS = 100;

  private final String source;
  private final TableFormat format;
  private final Opener opener;
  private final long rows;
  private final Map<String, Place> keys;

  private Table(
      String source, TableFormat format, Opener opener, long rows, Map<String, Place> keys) {
    this.source = source;
    this.format = format;
    this.opener = opener;
    this.rows = rows;
    this.keys = keys;
  }

  /// Opens the text from its beginning, each time it is asked: what can be read only once must be
  /// stored first.
  @FunctionalInterface
  public interface Opener {
    Reader open() throws IOException;
  }

  /// Reads the whole table once, checks it and counts its rows.
  ///
  /// @param source the file as the user knows it
  /// @throws InvalidInputException with everything that is wrong, the first hundred problems
  public static Table read(String source, TableFormat format, Opener opener) {
    Problems problems = new Problems();
    Map<String, Place> keys = new LinkedHashMap<>();
    long count = 0;
    try (RowReader rows = rows(source, format, opener, problems)) {
      Optional<Row> row = rows.next();
      while (row.isPresent() && problems.list().size() < MAX_PROBLEMS) {
        count++;
        for (Argument argument : row.get().arguments()) {
          Place place = row.get().place();
          argument.sets().ifPresent(key -> keys.putIfAbsent(key, place));
          for (String word : argument.words()) {
            String refusal = ShellWords.refusal(word);
            if (refusal != null) {
              problems.add(Problem.at(place, "a value " + refusal));
            }
          }
        }
        row = rows.next();
      }
    } catch (InvalidInputException e) {
      e.problems().forEach(problems::add);
    } catch (IOException e) {
      throw new UncheckedIOException(source, e);
    }
    if (count == 0 && problems.isEmpty()) {
      problems.add(Problem.at(Place.of(source), "the table has no rows"));
    }
    problems.throwIfAny();
    return new Table(source, format, opener, count, keys);
  }

  public long rows() {
    return rows;
  }

  /// What its columns set, and the first row that does.
  Map<String, Place> keys() {
    return keys;
  }

  /// The text is closed after the last row; an iterator that is given up leaves that to the garbage
  /// collector.
  Iterator<List<Argument>> iterator() {
    return new Iterator<>() {
      private final Problems changed = new Problems();
      private final RowReader reader = reopened(changed);
      private Optional<Row> next = advance();

      @Override
      public boolean hasNext() {
        return next.isPresent();
      }

      @Override
      public List<Argument> next() {
        List<Argument> arguments = next.orElseThrow(NoSuchElementException::new).arguments();
        next = advance();
        return arguments;
      }

      private Optional<Row> advance() {
        try {
          Optional<Row> row = reader.next();
          changed.throwIfAny();
          if (row.isEmpty()) {
            reader.close();
          }
          return row;
        } catch (IOException e) {
          throw new UncheckedIOException(source, e);
        }
      }
    };
  }

  private RowReader reopened(Problems problems) {
    try {
      return rows(source, format, opener, problems);
    } catch (IOException e) {
      throw new UncheckedIOException(source, e);
    }
  }

  private static RowReader rows(String source, TableFormat format, Opener opener, Problems problems)
      throws IOException {
    return switch (format) {
      case CSV -> new CsvRows(opener.open(), source, problems);
      case JSON -> JsonRows.array(opener.open(), source, problems);
      case JSONL -> JsonRows.lines(opener.open(), source, problems);
    };
  }
}
