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
          "hostname",
          "username",
          "port",
          "key_filename",
          "password_filename",
          "ssh_config",
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
            host(fields, problems),
            login(fields),
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
    site.login().user().ifPresent(user -> map.put("username", user));
    site.login().port().ifPresent(port -> map.put("port", port));
    site.login().keyFile().ifPresent(file -> map.put("key_filename", file));
    site.login().passwordFile().ifPresent(file -> map.put("password_filename", file));
    site.login().configuration().ifPresent(file -> map.put("ssh_config", file));
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

  /// `hostname` is what other tools call it.
  private static Optional<String> host(YamlFields fields, Problems problems) {
    Optional<String> host = fields.value("host", SiteFields::host);
    Optional<String> hostname = fields.value("hostname", SiteFields::host);
    if (host.isPresent() && hostname.isPresent()) {
      problems.add(
          Problem.at(
              fields.place("hostname").orElseThrow(),
              "`host` and `hostname` say the same: give one of them"));
    }
    return host.or(() -> hostname);
  }

  private static Login login(YamlFields fields) {
    return new Login(
        fields.value("username", SiteFields::user),
        fields.value("port", SiteFields::port),
        fields.value("key_filename", Texts::word),
        fields.value("password_filename", Texts::word),
        fields.value("ssh_config", Texts::word));
  }

  private static String user(String text, Place place) {
    if (!text.matches("[A-Za-z0-9_][A-Za-z0-9_.@\\\\+-]*\\$?")) {
      throw new InvalidInputException(
          Problem.at(place, "`%s` is not the name of a user".formatted(text)));
    }
    return text;
  }

  private static int port(String text, Place place) {
    if (!text.matches("[1-9][0-9]{0,4}") || Integer.parseInt(text) > 65_535) {
      throw new InvalidInputException(
          Problem.at(place, "`%s` is not a port (1 to 65535)".formatted(text)));
    }
    return Integer.parseInt(text);
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
