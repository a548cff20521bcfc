package io.karez.runner;

import io.karez.define.Config;
import io.karez.define.ConfigFile;
import io.karez.define.Site;
import io.karez.launch.Delivery;
import io.karez.project.Project;
import io.karez.project.Settings;
import io.karez.project.UserFiles;
import io.karez.text.InvalidInputException;
import io.karez.text.Json;
import io.karez.text.Place;
import io.karez.text.Problem;
import io.karez.transport.SshHost;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Runs launch scripts on a host that `ssh` reaches, such as the login node of a cluster: those for
/// `bash` and `sh` by themselves, detached, those for a scheduler through its commands there.
///
/// Its runs belong to the project that this program works in, which keeps copies of them. The host
/// becomes a site of the project, so that the command line reaches it as well.
public final class SshRunner implements Runner {
  private final Launcher launcher;
  private final Optional<Definition> unknown;

  /// Of a site that the configuration does not know yet.
  private record Definition(String name, String fields) {}

  private SshRunner(Launcher launcher, Optional<Definition> unknown) {
    this.launcher = launcher;
    this.unknown = unknown;
  }

  /// Runs from the current directory.
  ///
  /// @param directory of the host where the scripts run; made if need be
  public static SshRunner in(String directory, SshHost host) {
    return in(directory, host, Path.of(""));
  }

  /// @param directory of the host where the scripts run; made if need be
  /// @param from a directory of the project that its runs belong to, or that becomes one
  public static SshRunner in(String directory, SshHost host, Path from) {
    return Launcher.guarded(() -> {
      UserFiles user = UserFiles.of(System.getenv());
      Project project = project(from, user);
      Site wanted = site(directory, host);
      Optional<Site> known = Optional.ofNullable(project.config().sites().get(wanted.name()));
      known.filter(site -> !isSame(site, wanted)).ifPresent(SshRunner::refuse);
      return known.isPresent()
          ? of(project, user, known.get(), from, Optional.empty())
          : of(
              project.with(wanted),
              user,
              wanted,
              from,
              Optional.of(new Definition(wanted.name(), Json.write(fields(directory, host)))));
    });
  }

  /// Runs on a site of the configuration, in its `directory`.
  public static SshRunner on(String site) {
    return on(site, Path.of(""));
  }

  /// @param from a directory of the project that its runs belong to, or that becomes one
  public static SshRunner on(String site, Path from) {
    return Launcher.guarded(() -> {
      UserFiles user = UserFiles.of(System.getenv());
      Project project = project(from, user);
      Site known = project.config().site(site, Place.of("SshRunner"));
      if (known.host().isEmpty()) {
        throw new InvalidInputException(
            Problem.of("the site `%s` is this machine".formatted(site))
                .hint("`LocalRunner` runs here"));
      }
      return of(project, user, known, from, Optional.empty());
    });
  }

  private static SshRunner of(
      Project project, UserFiles user, Site site, Path from, Optional<Definition> unknown) {
    Delivery delivery = Delivery.of(project);
    return new SshRunner(
        new Launcher(
            delivery,
            user,
            Optional.of(site),
            project.root(),
            new Courier.Far(delivery.reach(), site.name(), from.toAbsolutePath().normalize())),
        unknown);
  }

  private static Project project(Path from, UserFiles user) {
    Path here = from.toAbsolutePath().normalize();
    return Project.around(here, user).orElseGet(() -> Project.to(here, user));
  }

  /// Under the name of the host, in letters that a site's name may have.
  ///
  /// @throws InvalidInputException with all that is wrong with the host
  private static Site site(String directory, SshHost host) {
    String name =
        host.name()
            .replaceFirst("^.*@", "")
            .replaceAll("[^A-Za-z0-9_.-]", "_")
            .replaceFirst("^[.-]|^$", "_");
    String text = Json.write(Map.of("sites", Map.of(name, fields(directory, host))));
    try {
      return Objects.requireNonNull(
          ConfigFile.read(text, "Host", Config.BUILT_IN).sites().get(name));
    } catch (InvalidInputException e) {
      // It stands in no file, so lines and columns say nothing.
      throw new InvalidInputException(
          e.problems().stream()
              .map(problem -> new Problem(Optional.empty(), problem.message(), problem.hint()))
              .toList());
    }
  }

  private static Map<String, Object> fields(String directory, SshHost host) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("host", host.name());
    host.user().ifPresent(user -> fields.put("username", user));
    host.port().ifPresent(port -> fields.put("port", port));
    host.keyFile().ifPresent(file -> fields.put("key_filename", absolute(file)));
    host.passwordFile().ifPresent(file -> fields.put("password_filename", absolute(file)));
    host.configuration().ifPresent(file -> fields.put("ssh_config", absolute(file)));
    fields.put("directory", directory);
    return fields;
  }

  private static String absolute(Path file) {
    return file.toAbsolutePath().normalize().toString();
  }

  private static boolean isSame(Site known, Site wanted) {
    return known.host().equals(wanted.host())
        && known.login().equals(wanted.login())
        && known.directory().equals(wanted.directory());
  }

  private static void refuse(Site known) {
    throw new InvalidInputException(
        Problem.of(
                "the site `%s` is another host, another login or another directory (`%s`)"
                    .formatted(known.name(), known.directory().orElse("")))
            .hint(
                "`SshRunner.on(\"%s\")` runs there; or give the host another name in `~/.ssh/config`"
                    .formatted(known.name())));
  }

  /// Whoever asks for the run from the command line has to find its host.
  private void define() {
    unknown.ifPresent(definition ->
        Settings.of(launcher.project()).define(definition.name(), definition.fields()));
  }

  @Override
  public LaunchedRun run(Launch launch) throws InterruptedException {
    return launcher.run(launch, this::define);
  }

  @Override
  public DryRun dryRun(Launch launch) {
    return launcher.dryRun(launch);
  }

  @Override
  public LaunchedRun find(long id) {
    return launcher.find(id);
  }

  @Override
  public void close() {
    launcher.close();
  }
}
