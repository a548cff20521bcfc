package io.karez.define;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A place where jobs run, and how to get there.
///
/// @param name as the user calls it
/// @param host as `ssh` knows it; empty for this machine
/// @param login how to get in
/// @param scheduler one of {@link Config#RUNNERS}; empty when it has to be found out
/// @param directory where the project's tree lies on the site
/// @param uploader how files get there
/// @param shell the interpreter of scripts, such as `/bin/bash -l`
/// @param setup shell lines that precede every program, each of which must succeed
/// @param patience how long record, queue and accounting may be silent before a job counts as lost
public record Site(
    String name,
    Optional<String> host,
    Login login,
    Optional<String> scheduler,
    Optional<String> directory,
    Optional<String> uploader,
    Optional<String> shell,
    List<String> setup,
    Resources resources,
    Environment environment,
    Optional<Duration> patience) {

  public Site {
    setup = List.copyOf(setup);
  }

  /// A site of which only the name is known.
  public static Site named(String name) {
    return new Site(
        name,
        Optional.empty(),
        Login.USUAL,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Resources.NONE,
        Environment.NONE,
        Optional.empty());
  }

  /// What the later layer says wins, field by field; its set-up lines follow the lower ones.
  public Site merge(Site later) {
    List<String> lines = new ArrayList<>(setup);
    lines.addAll(later.setup);
    return new Site(
        name,
        later.host.or(() -> host),
        login.merge(later.login),
        later.scheduler.or(() -> scheduler),
        later.directory.or(() -> directory),
        later.uploader.or(() -> uploader),
        later.shell.or(() -> shell),
        lines,
        resources.merge(later.resources),
        environment.merge(later.environment),
        later.patience.or(() -> patience));
  }
}
