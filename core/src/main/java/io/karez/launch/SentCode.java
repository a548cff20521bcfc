package io.karez.launch;

import io.karez.store.EventLog;
import io.karez.store.LineFile;
import io.karez.text.Json;
import io.karez.text.JsonObject;
import io.karez.transfer.Entry;
import io.karez.transfer.Listing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// When code was sent to a site, as far as this tree of results knows: a line each time in
/// `.sent/HOST.jsonl`.
///
/// @param results the tree here
/// @param site its name
public record SentCode(Path results, String site) {

  /// One transfer.
  ///
  /// @param at when it had ended, by the clock of the machine that sent
  /// @param changed whether anything there was replaced, added or removed
  /// @param state of all that lay here, when all of it was sent
  public record Sending(Instant at, boolean changed, Optional<String> state) {}

  /// What tells whether files are the ones that were sent, as transfers tell it: paths, sizes and
  /// seconds.
  static String state(Listing listing) {
    MessageDigest sha;
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
    for (Entry entry : listing.entries()) {
      String line =
          switch (entry) {
            case Entry.File file ->
                "%s\0%d %d\0".formatted(file.path(), file.bytes(), file.seconds());
            case Entry.Link link -> link.path() + "\0" + link.target() + "\0";
            case Entry.Directory directory -> "";
            case Entry.Special special -> "";
          };
      sha.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(sha.digest(), 0, 16);
  }

  /// What is sent is there, whether that can be noted or not.
  void add(Sending sending) {
    Optional<Sending> last = last();
    if (!sending.changed()
        && sending.state().isPresent()
        && last.filter(before -> before.state().equals(sending.state())).isPresent()) {
      return;
    }
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("at", sending.at().toString());
    json.put("site", site);
    json.put("changed", sending.changed());
    json.put("state", sending.state().orElse(null));
    try {
      Path directory = Files.createDirectories(results.resolve(".sent"));
      new LineFile(directory.resolve(EventLog.host() + ".jsonl")).append(Json.write(json), false);
    } catch (IOException | UncheckedIOException e) {
      return;
    }
  }

  /// Empty when nothing is known of any.
  public Optional<Sending> last() {
    List<Sending> all = all();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  /// Those that changed something there after this.
  public List<Sending> changesSince(Instant moment) {
    return all().stream()
        .filter(sending -> sending.changed() && sending.at().isAfter(moment))
        .toList();
  }

  /// In the order of their times. Files and lines that cannot be read are passed over: those of
  /// another user may be for that user alone.
  private List<Sending> all() {
    List<Sending> all = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(results.resolve(".sent"), "*.jsonl")) {
      for (Path file : files) {
        lines(file).forEach(line -> read(line).ifPresent(all::add));
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Most often nothing was ever sent.
      return List.of();
    }
    all.sort(Comparator.comparing(Sending::at));
    return all;
  }

  private static List<String> lines(Path file) {
    try {
      return new LineFile(file).read();
    } catch (IOException e) {
      return List.of();
    }
  }

  private Optional<Sending> read(String line) {
    try {
      return JsonObject.ofLine(line)
          .filter(json -> json.string("site").equals(site))
          .map(json ->
              new Sending(json.instant("at"), json.flag("changed"), json.optionalString("state")));
    } catch (JsonObject.MalformedException | DateTimeException e) {
      return Optional.empty();
    }
  }
}
