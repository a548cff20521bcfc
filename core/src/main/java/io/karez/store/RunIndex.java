package io.karez.store;

import io.karez.define.ExperimentName;
import io.karez.define.JobState;
import io.karez.text.Json;
import io.karez.text.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A cache of the summaries of ended runs, in SQLite on a local disk. It may be deleted at any
/// time, and whatever is wrong with it costs only time: then nothing is known, and the runs' own
/// files are read.
///
/// A row counts while the run's files have the names, inodes, sizes and times that they had when it
/// was written.
public final class RunIndex implements AutoCloseable {
  private static final int SCHEMA = 3;

  private final Connection database;
  private final Path results;

  private RunIndex(Connection database, Path results) {
    this.database = database;
    this.results = results;
  }

  /// Where the index of a tree of results lies.
  ///
  /// @param cache the user's cache directory, `$XDG_CACHE_HOME/karez`
  public static Path file(Path cache, Path results) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(results.toString().getBytes(StandardCharsets.UTF_8));
      return cache.resolve("index-" + HexFormat.of().formatHex(hash, 0, 8) + ".db");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Opens the index, or makes it; empty when that cannot be done.
  public static Optional<RunIndex> open(Path cache, Path results) {
    Path file = file(cache, results);
    try {
      Files.createDirectories(
          cache,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      return Optional.of(connect(file, results));
    } catch (IOException e) {
      return Optional.empty();
    } catch (SQLException e) {
      // Not a database, or of another time: what it held can be found again.
      try {
        Files.deleteIfExists(file);
        return Optional.of(connect(file, results));
      } catch (IOException | SQLException again) {
        return Optional.empty();
      }
    }
  }

  private static RunIndex connect(Path file, Path results) throws SQLException {
    Connection database = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement statement = database.createStatement()) {
      statement.execute("PRAGMA synchronous = OFF");
      statement.execute("PRAGMA busy_timeout = 200");
      try (ResultSet version = statement.executeQuery("PRAGMA user_version")) {
        if (version.getInt(1) != SCHEMA) {
          statement.execute("DROP TABLE IF EXISTS run");
        }
      }
      statement.execute("PRAGMA user_version = " + SCHEMA);
      statement.execute(
          "CREATE TABLE IF NOT EXISTS run (name TEXT PRIMARY KEY, signature TEXT NOT NULL,"
              + " description TEXT NOT NULL, runner TEXT NOT NULL, site TEXT NOT NULL,"
              + " tags TEXT NOT NULL,"
              + " state TEXT NOT NULL, counts TEXT NOT NULL, created INTEGER NOT NULL,"
              + " started INTEGER, ended INTEGER, progress REAL) WITHOUT ROWID");
      return new RunIndex(database, results);
    } catch (SQLException e) {
      database.close();
      throw e;
    }
  }

  /// A summary and the signature it was made for.
  public record Row(String signature, RunSummary summary) {}

  /// All rows, by the run's directory; none when they cannot be read.
  public Map<Path, Row> rows() {
    Map<Path, Row> rows = new HashMap<>();
    try (Statement statement = database.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT name, signature, description, runner, site, tags, state, counts, created,"
                    + " started, ended, progress FROM run")) {
      while (found.next()) {
        row(found).ifPresent(row -> rows.put(row.summary().directory().path(), row));
      }
      return rows;
    } catch (SQLException e) {
      return Map.of();
    }
  }

  /// Adds or replaces rows; those that cannot be written are left out.
  public void put(List<Row> rows) {
    try (PreparedStatement insert =
        database.prepareStatement(
            "INSERT OR REPLACE INTO run VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      database.setAutoCommit(false);
      for (Row row : rows) {
        RunSummary run = row.summary();
        insert.setString(1, results.relativize(run.directory().path()).toString());
        insert.setString(2, row.signature());
        insert.setString(3, run.description());
        insert.setString(4, run.runner());
        insert.setString(5, run.site());
        insert.setString(6, run.tags().isEmpty() ? "" : Json.write(run.tags()));
        insert.setString(7, run.state().name());
        insert.setString(8, text(run.counts()));
        insert.setLong(9, run.created().toEpochMilli());
        insert.setObject(10, run.started().map(Instant::toEpochMilli).orElse(null));
        insert.setObject(11, run.ended().map(Instant::toEpochMilli).orElse(null));
        insert.setObject(12, run.progress().map(Progress::percent).orElse(null));
        insert.addBatch();
      }
      insert.executeBatch();
      database.commit();
      database.setAutoCommit(true);
    } catch (SQLException e) {
      // Another process may be writing; the next look will find these runs again.
    }
  }

  @Override
  public void close() {
    try {
      database.close();
    } catch (SQLException e) {
      // Nothing depends on it.
    }
  }

  private Optional<Row> row(ResultSet found) throws SQLException {
    String name = found.getString(1);
    int slash = name.indexOf('/');
    Optional<RunDirectory> directory = RunStore.directory(results.resolve(name));
    if (directory.isEmpty() || slash < 0) {
      return Optional.empty();
    }
    RunSummary summary =
        new RunSummary(
            directory.get(),
            new ExperimentName(name.substring(0, slash)),
            found.getString(3),
            found.getString(4),
            found.getString(5),
            tags(found.getString(6)),
            JobState.valueOf(found.getString(7)),
            counts(found.getString(8)),
            true,
            Instant.ofEpochMilli(found.getLong(9)),
            instant(found, 10),
            instant(found, 11),
            progress(found));
    return Optional.of(new Row(found.getString(2), summary));
  }

  private static Optional<Instant> instant(ResultSet found, int column) throws SQLException {
    long millis = found.getLong(column);
    return found.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  private static Optional<Progress> progress(ResultSet found) throws SQLException {
    double percent = found.getDouble(12);
    return found.wasNull() ? Optional.empty() : Optional.of(new Progress(percent));
  }

  private static List<String> tags(String text) {
    return text.isEmpty()
        ? List.of()
        : JsonObject.ofLine("{\"tags\":" + text + "}")
            .map(o -> o.strings("tags"))
            .orElse(List.of());
  }

  /// `SUCCEEDED=3 FAILED=1`.
  private static String text(Map<JobState, Integer> counts) {
    return counts.entrySet().stream()
        .map(entry -> entry.getKey().name() + "=" + entry.getValue())
        .collect(Collectors.joining(" "));
  }

  private static Map<JobState, Integer> counts(String text) {
    Map<JobState, Integer> counts = new EnumMap<>(JobState.class);
    for (String word : text.split(" ")) {
      int equals = word.indexOf('=');
      counts.put(
          JobState.valueOf(word.substring(0, equals)), Integer.valueOf(word.substring(equals + 1)));
    }
    return counts;
  }
}
