package io.karez.store;

import io.karez.text.Json;
import io.karez.text.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The code that jobs of a run have met. A submission whose code is not that of the run says so in
/// its `code.json`, and keeps what differed from the commit beside it.
///
/// @param commit full SHA; empty when none is known
/// @param dirty whether the work tree differed from the commit
/// @param digest of what differed; empty when nothing did, or when it was not kept
public record SubmissionCode(Optional<String> commit, boolean dirty, Optional<String> digest) {
  /// What differed from the commit, in a run or a submission.
  public static final String PATCH = "uncommitted.patch";

  private static final String FILE = "code.json";

  /// @param difference from the commit, as a patch file holds it
  public static SubmissionCode of(
      Optional<String> commit, boolean dirty, Optional<String> difference) {
    return new SubmissionCode(commit, dirty, difference.map(SubmissionCode::digest));
  }

  /// What the run has recorded of its code when it was made.
  public static SubmissionCode of(RunDirectory run, RunDocument document) {
    Optional<String> difference =
        document.dirty() ? difference(run.path().resolve(PATCH)) : Optional.empty();
    return of(document.commit(), document.dirty(), difference);
  }

  /// The submissions whose code was another one, by their numbers.
  public static SortedMap<Integer, SubmissionCode> others(RunDirectory run) {
    SortedMap<Integer, SubmissionCode> others = new TreeMap<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(run.submissions(), "[1-9]*")) {
      for (Path submission : found) {
        int number = Integer.parseInt(submission.getFileName().toString());
        read(submission).ifPresent(code -> others.put(number, code));
      }
    } catch (NoSuchFileException | NumberFormatException e) {
      return others;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list `" + run.submissions() + "`", e);
    }
    return others;
  }

  /// Says that a submission, which is not begun, meets this code and not the run's.
  public void write(RunDirectory run, int submission) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("commit", commit.orElse(null));
    json.put("dirty", dirty);
    json.put("difference_sha256", digest.orElse(null));
    AtomicFile.write(
        run.submission(submission).resolve(FILE), Json.write(json) + "\n", AtomicFile.ORDINARY);
  }

  /// Whether both are known and the same. What differed and was not kept is like nothing else.
  public boolean isSame(SubmissionCode other) {
    return equals(other) && (!dirty || digest.isPresent());
  }

  /// A patch byte for byte; empty when there is no such file.
  public static Optional<String> difference(Path patch) {
    try {
      return Optional.of(Files.readString(patch, StandardCharsets.ISO_8859_1));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read `" + patch + "`", e);
    }
  }

  private static Optional<SubmissionCode> read(Path submission) {
    Path file = submission.resolve(FILE);
    try {
      JsonObject json =
          JsonObject.ofLine(Lines.text(file).strip())
              .orElseThrow(() -> new IllegalArgumentException("it is not an object"));
      return Optional.of(
          new SubmissionCode(
              json.optionalString("commit"),
              json.flag("dirty"),
              json.optionalString("difference_sha256")));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JsonObject.MalformedException | IllegalArgumentException e) {
      // Nobody knows what it was, so it is like no other.
      return Optional.of(new SubmissionCode(Optional.empty(), true, Optional.empty()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read `" + file + "`", e);
    }
  }

  private static String digest(String difference) {
    try {
      byte[] bytes = difference.getBytes(StandardCharsets.ISO_8859_1);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
