package io.karez.site;

import io.karez.transport.Command;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// What is run on a site besides its scheduler's commands: scripts for a POSIX shell, which travel
/// with each call, so that nothing has to be there.
public final class SiteScripts {
  private SiteScripts() {}

  /// @param name of the script, without `.sh`
  public static Command command(String name, List<String> arguments) {
    List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", text(name), name));
    words.addAll(arguments);
    return Command.of(words);
  }

  private static String text(String name) {
    try (InputStream text =
        Objects.requireNonNull(SiteScripts.class.getResourceAsStream(name + ".sh"))) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
