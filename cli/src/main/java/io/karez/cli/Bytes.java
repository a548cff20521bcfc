package io.karez.cli;

import io.karez.text.InvalidInputException;
import io.karez.text.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The command line as the bytes that the system handed over.
final class Bytes {
  private Bytes() {}

  /// Java puts U+FFFD where the name of a directory is not valid UTF-8, and then finds nothing
  /// there.
  static void requireText(Path directory) {
    if (directory.toString().indexOf('\uFFFD') >= 0) {
      throw new InvalidInputException(
          Problem.of("nothing can run in `%s`: its name is not valid UTF-8".formatted(directory))
              .hint("rename the directory, or work in another"));
    }
  }

  /// Java puts U+FFFD where an argument is not valid UTF-8. Such a command line is refused, never
  /// changed; only one that holds that character needs a second look.
  static void requireUtf8(List<String> words) {
    if (words.stream().noneMatch(word -> word.indexOf('\uFFFD') >= 0)) {
      return;
    }
    try {
      byte[] line = Files.readAllBytes(Path.of("/proc/self/cmdline"));
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line));
    } catch (CharacterCodingException e) {
      throw new InvalidInputException(
          Problem.of("an argument is not valid UTF-8, so it cannot be handed on byte for byte"));
    } catch (IOException e) {
      throw new InvalidInputException(
          Problem.of("an argument may not be valid UTF-8, and the system does not show its bytes"));
    }
  }
}
