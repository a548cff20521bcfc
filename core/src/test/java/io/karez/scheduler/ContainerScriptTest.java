package io.karez.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.define.Container;
import io.karez.define.Container.Engine;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The words that each engine is called with.
class ContainerScriptTest {

  @Test
  void apptainerSeesTheRunTheDirectoryOfTheProgramsAndTheDatasets() {
    Container image =
        new Container(Engine.APPTAINER, "/i/c.sif", true, List.of(), Optional.empty());
    String script = script(image, "/r/run_4", "/w", List.of("/d/iris", "/w"));
    assertThat(script)
        .startsWith(
            """
            #!/bin/sh
            # Karez, run 4 of e: starts the program of a job in a container.
            #
            #   /bin/sh container.sh SUBMISSION ATTEMPT PROGRAM ARGS...

            kz_image=/i/c.sif
            kz_run=/r/run_4
            kz_submission=$1
            kz_attempt=$2
            shift 2
            """)
        .contains(
            """
              exec "$kz_engine" "$kz_how" --nv --bind /r/run_4:/r/run_4 --bind /w:/w --bind /d/iris:/d/iris "$kz_cwd" /w "$kz_image" "$@"
            """)
        .contains("[ -e \"$kz_image\" ]");
  }

  @Test
  void pathsThatBindWouldSplitAreMountedAsFieldsOfCsv() {
    Container image =
        new Container(
            Engine.APPTAINER, "docker://python:3.12", false, List.of("A"), Optional.empty());
    String script = script(image, "/r a/it's", "/w:x", List.of("/d,e", "/q\"uote, too"));
    assertThat(script)
        .contains(
            " --bind '/r a/it'\\''s:/r a/it'\\''s'"
                + " --mount type=bind,source=/w:x,destination=/w:x"
                + " --mount 'type=bind,\"source=/d,e\",\"destination=/d,e\"'"
                + " --mount 'type=bind,\"source=/q\"\"uote, too\",\"destination=/q\"\"uote, too\"'"
                + " \"$kz_cwd\" /w:x \"$kz_image\" \"$@\"\n")
        .contains("  export APPTAINER_NO_EVAL=1 SINGULARITY_NO_EVAL=1\n")
        .contains("  export APPTAINERENV_A=\"${A-}\" SINGULARITYENV_A=\"${A-}\"\n")
        .doesNotContain("--nv")
        .doesNotContain("[ -e \"$kz_image\" ]");
  }

  @Test
  void podmanAndDockerMountTheSamePlaces() {
    for (Engine engine : new Engine[] {Engine.PODMAN, Engine.DOCKER}) {
      Container image =
          new Container(engine, "python:3.12", false, List.of("A", "B"), Optional.empty());
      String script = script(image, "/r/run_4", "/w,1", List.of("/d a"));
      assertThat(script)
          .contains(
              """
              kz_uid=00ff
              kz_engine=%s
              kz_gpu=
              kz_names='A B'
              """
                  .formatted(engine.word()))
          .contains(
              """
                exec $kz_session "$kz_engine" run --rm --interactive --network host --ipc host --security-opt label=disable --mount type=bind,source=/r/run_4,target=/r/run_4 --mount 'type=bind,"source=/w,1","target=/w,1"' --mount 'type=bind,"source=/d a","target=/d a"' --workdir /w,1 "$@"
              """);
    }
  }

  static String script(
      Container container, String run, String workingDirectory, List<String> datasets) {
    return ContainerScript.of(
        container, "run 4 of e", "00ff", Path.of(run), Path.of(workingDirectory), datasets);
  }
}
