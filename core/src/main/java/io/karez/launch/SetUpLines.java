package io.karez.launch;

import io.karez.define.Site;
import io.karez.scheduler.Dialect;
import io.karez.site.Connections;
import io.karez.text.Place;
import io.karez.text.ShellWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The shell lines of a site that precede its programs.
///
/// On a site the script of a run goes on in the shell that the site names: `module` and the like
/// are functions that only the start files of a login define. Scripts of batch systems begin in
/// `bash -l`; others do so when there are lines to run.
public final class SetUpLines {
  private static final String LOGIN = "/bin/bash -l";

  private SetUpLines() {}

  /// @param dialect of the run
  public static List<String> of(Site site, Dialect dialect) {
    List<String> lines = new ArrayList<>();
    again(site, dialect).ifPresent(lines::add);
    lines.addAll(site.setup());
    return lines;
  }

  private static Optional<String> again(Site site, Dialect dialect) {
    Optional<String> wanted = site.shell().filter(Connections::readsScripts);
    boolean isSo = dialect.isBatch() && wanted.orElse(LOGIN).equals(LOGIN);
    boolean isNeeded = wanted.isPresent() || !site.setup().isEmpty();
    if (site.host().isEmpty() || isSo || !isNeeded) {
      return Optional.empty();
    }
    String shell =
        ShellWords.quoteAll(ShellWords.split(wanted.orElse(LOGIN), Place.of("`shell:`")));
    String first = "[ -z \"${KZ_SHELL-}\" ]" + (wanted.isPresent() ? "" : " && [ -x /bin/bash ]");
    return Optional.of(
        "if %s; then KZ_SHELL=1; export KZ_SHELL; exec %s \"$0\" \"$@\"; fi; unset KZ_SHELL"
            .formatted(first, shell));
  }
}
