package io.karez.template;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The templates that come with Karez: a serial job and an array job for each type of script.
public final class ShippedTemplates {
  private ShippedTemplates() {}

  /// In the order in which they are listed.
  public static List<TemplateName> names() {
    List<TemplateName> names = new ArrayList<>();
    for (ScriptType type : ScriptType.values()) {
      if (type != ScriptType.LOCAL) {
        names.add(new TemplateName("job", type, "j2"));
        names.add(new TemplateName("arrayjob", type, "j2"));
      }
    }
    return names;
  }

  /// Also of those that they include.
  public static Optional<String> text(String name) {
    if (!name.matches("[a-z_]+(\\.[a-z]+)?\\.j2")) {
      return Optional.empty();
    }
    try (InputStream in = ShippedTemplates.class.getResourceAsStream("shipped/" + name)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }
}
