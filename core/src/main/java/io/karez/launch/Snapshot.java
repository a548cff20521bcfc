package io.karez.launch;

import io.karez.transfer.DirectoryWalk;
import io.karez.transfer.Entry;
import io.karez.transfer.IgnoreRules;
import io.karez.transfer.Listing;
import io.karez.transfer.Selection;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;

/// The code of a run as it is at one moment, named by what is in it: who runs in a copy of it does
/// not meet what is edited later. Equal code is one copy.
///
/// @param root of the tree here that it is taken from
/// @param selected what belongs to it: the same as what goes to a site
/// @param name the first half of the SHA-256 of its paths, permissions and contents, in hexadecimal
public record Snapshot(Path root, Selection selected, String name) {
  /// Where snapshots are kept, below the results.
  private static final String DIRECTORY = ".snapshots";

  /// @param apart paths below the root that do not belong to the code
  /// @throws UncheckedIOException when a file cannot be read
  static Snapshot of(Path root, Predicate<String> apart) {
    Selection selected = DirectoryWalk.of(root, List.of(), apart, IgnoreRules.NONE);
    return new Snapshot(root, selected, digest(root, selected.listing()));
  }

  /// Whether a run's programs run in a snapshot.
  ///
  /// @param results the tree of results that the run is in
  public static boolean isIn(Path workingDirectory, Path results) {
    return workingDirectory.startsWith(results.resolve(DIRECTORY));
  }

  /// Where it lies, once it is made.
  ///
  /// @param results the tree of results of the machine that it is on
  public Path in(Path results) {
    return results.resolve(DIRECTORY).resolve(name);
  }

  /// Where it lies until it is whole.
  Path draft(Path results) {
    return results.resolve(DIRECTORY).resolve(".new." + name);
  }

  /// Whether what lies there has the same content.
  boolean isWhole(Path copy) {
    return digest(copy, selected.listing()).equals(name);
  }

  /// Each part with its length, so that no two trees are read alike. Who may read a file says
  /// nothing about the code, that it can be executed does.
  private static String digest(Path root, Listing listing) {
    MessageDigest sha;
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    try (DataOutputStream out =
        new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), sha))) {
      for (Entry entry : listing.entries()) {
        out.writeUTF(entry.path());
        switch (entry) {
          case Entry.Directory directory -> out.writeByte('d');
          case Entry.Link link -> {
            out.writeByte('l');
            out.writeUTF(link.target());
          }
          case Entry.File file -> {
            out.writeByte((file.mode() & 0100) != 0 ? 'x' : 'f');
            out.writeLong(Files.copy(root.resolve(file.path()), out));
          }
          case Entry.Special special -> out.writeByte('s');
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the code in `" + root + "`", e);
    }
    return HexFormat.of().formatHex(sha.digest(), 0, 16);
  }
}
