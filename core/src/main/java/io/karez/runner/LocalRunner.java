package io.karez.runner;

import io.karez.launch.Delivery;
import io.karez.project.Project;
import io.karez.project.UserFiles;
import java.nio.file.Path;
import java.util.Optional;

/// Runs launch scripts on this machine: those for `bash` and `sh` by themselves, as many jobs at a
/// time as there are cores, those for a scheduler through its commands.
///
/// Its runs belong to the project that the work directory lies in, or that it becomes.
public final class LocalRunner implements Runner {
  private final Launcher launcher;

  private LocalRunner(Launcher launcher) {
    this.launcher = launcher;
  }

  /// @param directory where the scripts run; made with the first run if need be
  public static LocalRunner in(Path directory) {
    return in(directory, Path.of(""));
  }

  /// @param directory where the scripts run; made with the first run if need be
  /// @param from where the files lie that are sent, which keep their places below it
  public static LocalRunner in(Path directory, Path from) {
    Path here = directory.toAbsolutePath().normalize();
    UserFiles user = UserFiles.of(System.getenv());
    return new LocalRunner(
        Launcher.guarded(() -> {
          Project project = Project.around(here, user).orElseGet(() -> Project.to(here, user));
          Courier courier = new Courier.Near(from.toAbsolutePath().normalize(), here);
          return new Launcher(Delivery.of(project), user, Optional.empty(), here, courier);
        }));
  }

  @Override
  public LaunchedRun run(Launch launch) throws InterruptedException {
    return launcher.run(launch, () -> {});
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
