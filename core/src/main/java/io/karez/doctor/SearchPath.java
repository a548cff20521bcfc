package io.karez.doctor;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where programs are looked for.
record SearchPath(List<Path> directories) {

  static SearchPath of(Map<String, String> environment) {
    List<Path> directories = new ArrayList<>();
    for (String name :
        environment.getOrDefault("PATH", "/usr/bin:/bin").split(File.pathSeparator)) {
      try {
        directories.add(Path.of(name));
      } catch (InvalidPathException e) {
        // Nothing can be found there.
      }
    }
    return new SearchPath(directories);
  }

  Optional<Path> find(String program) {
    return directories.stream()
        .map(directory -> directory.resolve(program))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }
}
