package io.karez.project;

import io.karez.define.Config;
import io.karez.define.ConfigFile;
import io.karez.store.AtomicFile;
import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.YamlEdit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/// One file of settings that can be changed: the project's or the user's.
///
/// @param file need not exist yet
/// @param source the file as the user knows it
/// @param mode of a new file
public record Settings(Path file, String source, Set<PosixFilePermission> mode) {

  public static Settings of(Project project) {
    Path file = project.configFile();
    return new Settings(file, project.source(file), AtomicFile.ORDINARY);
  }

  public static Settings of(UserFiles user) {
    return new Settings(user.configFile(), user.configFile().toString(), AtomicFile.PRIVATE);
  }

  /// Sets one value; comments, order and all other values stay.
  ///
  /// @param dottedKey such as `slurm.default.--time`
  /// @param value `{...}`, `[...]`, quoted text and `null` are taken as YAML, all else as text
  /// @throws InvalidInputException with all problems that the file would then have; nothing is
  ///   changed
  public void set(String dottedKey, String value) {
    String text = text();
    String edited = YamlEdit.set(text, source, dottedKey, value);
    check(edited);
    save(edited);
  }

  /// Defines a site, unless there is one of this name.
  ///
  /// @param fields a mapping, as YAML
  /// @throws InvalidInputException with all problems that the file would then have; nothing is
  ///   changed
  public void define(String site, String fields) {
    String before = text();
    if (!ConfigFile.read(before, source, Config.BUILT_IN).sites().containsKey(site)) {
      replace(before, YamlEdit.set(before, source, List.of("sites", site), fields));
    }
  }

  /// @throws InvalidInputException with all problems that the file would have with this text
  public void check(String text) {
    ConfigFile.read(text, source, Config.BUILT_IN);
  }

  /// What the file holds; empty text when there is none.
  public String text() {
    return Texts.read(file, source).orElse("");
  }

  /// Replaces the whole text.
  ///
  /// @param before the text that the change began with
  /// @throws InvalidInputException with all problems that the file would then have, or when
  ///   somebody else has changed it since; nothing is changed
  public void replace(String before, String text) {
    check(text);
    if (!text().equals(before)) {
      throw new InvalidInputException(
          Problem.at(Place.of(source), "somebody else has changed the file meanwhile"));
    }
    save(text);
  }

  private void save(String text) {
    if (mode.equals(AtomicFile.PRIVATE)) {
      makePrivateDirectory();
    }
    AtomicFile.write(file, text, mode);
  }

  private void makePrivateDirectory() {
    try {
      Files.createDirectories(
          file.getParent(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the directory of `" + file + "`", e);
    }
  }
}
