package io.karez.scheduler;

import io.karez.define.Container;
import io.karez.define.Container.Engine;
import io.karez.text.ShellWords;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/// The script of a run that starts the program of a job in a container. The wrapper calls it with
/// the submission, the attempt and the words of the job; which engine there is, is known only where
/// the job runs.
public final class ContainerScript {
  /// Its name in a run; where it is, the wrapper starts programs by it.
  public static final String FILE = "container.sh";

  private ContainerScript() {}

  /// @param title what people call the run, on one line
  /// @param uid of the run
  /// @param run the run's directory where the jobs run, absolute
  /// @param workingDirectory where the programs run, absolute
  /// @param datasets paths that are seen in the container besides these two, absolute
  public static String of(
      Container container,
      String title,
      String uid,
      Path run,
      Path workingDirectory,
      Collection<String> datasets) {
    SequencedSet<String> places = new LinkedHashSet<>();
    places.add(run.toString());
    places.add(workingDirectory.toString());
    places.addAll(datasets);
    String head =
        """
        #!/bin/sh
        # Karez, %s: starts the program of a job in a container.
        #
        #   /bin/sh container.sh SUBMISSION ATTEMPT PROGRAM ARGS...

        kz_image=%s
        kz_run=%s
        kz_submission=$1
        kz_attempt=$2
        shift 2
        """
                .formatted(
                    title, ShellWords.quote(container.image()), ShellWords.quote(run.toString()))
            + Scripts.container();
    return container.engine() == Engine.APPTAINER
        ? head + image(container) + apptainer(container, places, workingDirectory)
        : head + client(container, uid, places, workingDirectory);
  }

  private static String image(Container container) {
    return container.file().isEmpty()
        ? ""
        : """

        [ -e "$kz_image" ] || kz_cannot image "there is no image \\`$kz_image\\` on $(uname -n)"
        """;
  }

  private static String apptainer(
      Container container, Collection<String> places, Path workingDirectory) {
    StringBuilder script = new StringBuilder();
    script.append("\n# kz_start ENGINE run|exec --cwd|--pwd PROGRAM ARGS...\nkz_start() {\n");
    // Otherwise a shell would read the values of the variables below.
    script.append("  export APPTAINER_NO_EVAL=1 SINGULARITY_NO_EVAL=1\n");
    // Otherwise what an image says of the same variable would win.
    for (String name : container.variables()) {
      script.append(
          "  export APPTAINERENV_%1$s=\"${%1$s-}\" SINGULARITYENV_%1$s=\"${%1$s-}\"\n"
              .formatted(name));
    }
    script.append("  kz_engine=$1\n  kz_how=$2\n  kz_cwd=$3\n  shift 3\n");
    List<String> words = new ArrayList<>();
    if (container.gpu()) {
      words.add("--nv");
    }
    for (String place : places) {
      // `--bind` splits at these.
      boolean plain = place.chars().noneMatch(c -> c == ':' || c == ',' || c == '\\');
      words.add(plain ? "--bind" : "--mount");
      words.add(plain ? place + ":" + place : mount("destination", place));
    }
    script.append(
        "  exec \"$kz_engine\" \"$kz_how\" %s \"$kz_cwd\" %s \"$kz_image\" \"$@\"\n}\n"
            .formatted(ShellWords.quoteAll(words), ShellWords.quote(workingDirectory.toString())));
    return script.append(Scripts.apptainer()).toString();
  }

  private static String client(
      Container container, String uid, Collection<String> places, Path workingDirectory) {
    List<String> words = new ArrayList<>(List.of("run", "--rm", "--interactive"));
    // As without a container, and as with Apptainer.
    words.addAll(List.of("--network", "host", "--ipc", "host", "--security-opt", "label=disable"));
    for (String place : places) {
      words.add("--mount");
      words.add(mount("target", place));
    }
    words.addAll(List.of("--workdir", workingDirectory.toString()));
    return """
    kz_uid=%s
    kz_engine=%s
    kz_gpu=%s
    kz_names=%s

    # kz_start MORE-OPTIONS... IMAGE PROGRAM ARGS...
    kz_start() {
      exec $kz_session "$kz_engine" %s "$@"
    }
    """
            .formatted(
                uid,
                container.engine().word(),
                container.gpu() ? "yes" : "",
                ShellWords.quote(String.join(" ", container.variables())),
                ShellWords.quoteAll(words))
        + Scripts.client();
  }

  /// Fields between commas, as in a CSV file (RFC 4180).
  private static String mount(String there, String place) {
    return "type=bind," + field("source=" + place) + "," + field(there + "=" + place);
  }

  private static String field(String text) {
    return text.matches("[^\",\\s]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
  }
}
