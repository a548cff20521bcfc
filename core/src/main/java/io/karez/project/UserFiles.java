package io.karez.project;

import io.karez.define.Config;
import io.karez.define.ConfigFile;
import io.karez.store.AtomicFile;
import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The user's own files, outside all projects.
///
/// @param directory `$XDG_CONFIG_HOME/karez`
public record UserFiles(Path directory) {

  /// By the XDG base directory specification: a relative `XDG_CONFIG_HOME` is not one.
  public static UserFiles of(Map<String, String> environment) {
    return new UserFiles(place(environment, "XDG_CONFIG_HOME", ".config"));
  }

  /// Where this user's caches lie: `$XDG_CACHE_HOME/karez`, or `~/.cache/karez`.
  public static Path caches(Map<String, String> environment) {
    return place(environment, "XDG_CACHE_HOME", ".cache");
  }

  /// @param usual below the home directory: `$HOME`, or else what the system knows as such
  private static Path place(Map<String, String> environment, String variable, String usual) {
    return absolute(environment.get(variable))
        .orElseGet(() ->
            absolute(environment.get("HOME"))
                .orElseGet(() -> Path.of(System.getProperty("user.home")))
                .resolve(usual))
        .resolve("karez");
  }

  private static Optional<Path> absolute(@Nullable String path) {
    return Optional.ofNullable(path).map(Path::of).filter(Path::isAbsolute);
  }

  public Path configFile() {
    return directory.resolve("config.yaml");
  }

  Path trustedFile() {
    return directory.resolve("trusted");
  }

  /// The built-in settings, overlaid by the user's file if there is one.
  ///
  /// @throws InvalidInputException with all problems, or when others could have changed the file
  public Config config() {
    Path file = configFile();
    Optional<String> text = Texts.read(file, file.toString());
    if (text.isEmpty()) {
      return Config.BUILT_IN;
    }
    requireOnlyMine(file);
    return ConfigFile.read(text.get(), file.toString(), Config.BUILT_IN);
  }

  /// The directories that the user trusts though they belong to others.
  public Set<Path> trusted() {
    return Texts.read(trustedFile(), trustedFile().toString()).stream()
        .flatMap(String::lines)
        .filter(line -> !line.isBlank())
        .map(Path::of)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// Trusts a directory from now on.
  ///
  /// @return its real path, as it is kept
  public Path trust(Path directoryToTrust) {
    if (!Files.isDirectory(directoryToTrust)) {
      throw new InvalidInputException(
          Problem.of("there is no directory `%s`".formatted(directoryToTrust)));
    }
    try {
      Path real = directoryToTrust.toRealPath();
      Set<Path> all = trusted();
      if (all.add(real)) {
        Files.createDirectories(
            directory,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        String text = all.stream().map(path -> path + "\n").collect(Collectors.joining());
        AtomicFile.write(trustedFile(), text, AtomicFile.PRIVATE);
      }
      return real;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write `" + trustedFile() + "`", e);
    }
  }

  private static void requireOnlyMine(Path file) {
    try {
      Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
      if (mode.contains(PosixFilePermission.GROUP_WRITE)
          || mode.contains(PosixFilePermission.OTHERS_WRITE)) {
        throw new InvalidInputException(
            Problem.at(
                    Place.of(file.toString()),
                    "others can change this file, and it says what is run on which host")
                .hint("chmod 600 '" + file + "'"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the mode of `" + file + "`", e);
    }
  }
}
