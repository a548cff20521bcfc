package io.karez.define;

import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.text.Problems;
import io.karez.text.YamlFields;
import io.karez.text.YamlNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The YAML text of one site under `sites:`.
final class SiteFields {
  private static final List<String> KEYS =
      List.of(
          "host",
          "scheduler",
          "directory",
          "uploader",
          "shell",
          "setup",
          "resources",
          "environment",
          "patience");
  private static final List<String> UPLOADERS = List.of("rsync", "sftp", "copy");

  private SiteFields() {}

  static Optional<Site> read(YamlNode.Entry entry, Problems problems) {
    String name = entry.key().text();
    if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*")) {
      problems.add(
          Problem.at(entry.key().place(), "`%s` cannot name a site".formatted(name))
              .hint("use letters, digits, `_`, `.` and `-`"));
      return Optional.empty();
    }
    YamlFields fields = YamlFields.of(entry.value(), "sites." + name, KEYS, problems);
    return Optional.of(
        new Site(
            name,
            fields.value("host", SiteFields::host),
            fields.value("scheduler", Texts.oneOf(Config.RUNNERS)),
            fields.value("directory", Texts::word),
            fields.value("uploader", Texts.oneOf(UPLOADERS)),
            fields.value("shell", Texts::words),
            fields.values("setup", Texts::setup),
            JobFields.resources(fields, problems),
            JobFields.environment(fields, problems),
            fields.value("patience", WallTime::parse)));
  }

  static Map<String, Object> write(Site site) {
    Map<String, Object> map = new LinkedHashMap<>();
    site.host().ifPresent(host -> map.put("host", host));
    site.scheduler().ifPresent(scheduler -> map.put("scheduler", scheduler));
    site.directory().ifPresent(directory -> map.put("directory", directory));
    site.uploader().ifPresent(uploader -> map.put("uploader", uploader));
    site.shell().ifPresent(shell -> map.put("shell", shell));
    if (!site.setup().isEmpty()) {
      map.put("setup", site.setup());
    }
    if (!site.resources().equals(Resources.NONE)) {
      map.put("resources", JobFields.write(site.resources()));
    }
    if (!site.environment().equals(Environment.NONE)) {
      map.put("environment", JobFields.write(site.environment()));
    }
    site.patience().ifPresent(time -> map.put("patience", WallTime.format(time)));
    return map;
  }

  /// A host that begins with `-` would reach `ssh` as an option.
  private static String host(String text, Place place) {
    if (!text.matches("[A-Za-z0-9_\\[][A-Za-z0-9_.:@%\\]-]*")) {
      throw new InvalidInputException(
          Problem.at(place, "`%s` is not a host".formatted(text))
              .hint(
                  "write it as for `ssh`: `host` or `user@host`, or a name of your ssh"
                      + " configuration"));
    }
    return text;
  }
}
