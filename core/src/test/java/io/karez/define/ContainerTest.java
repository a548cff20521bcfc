package io.karez.define;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.karez.define.Container.Engine;
import io.karez.text.InvalidInputException;
import io.karez.text.Place;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContainerTest {
  private static final Path HERE = Path.of("/home/me/project");
  private static final Place PLACE = Place.of("--container");

  @Test
  void aPathIsAnImageOfApptainerFromWhereTheUserIs() {
    assertThat(read("c.sif"))
        .isEqualTo(
            new Container(Engine.APPTAINER, HERE + "/c.sif", false, List.of(), Optional.empty()));
    assertThat(read("../a b:c,d.sif").image()).isEqualTo("/home/me/a b:c,d.sif");
    assertThat(read("/opt/sandbox/").file()).contains(Path.of("/opt/sandbox"));
    assertThat(read("python:3.12").file()).contains(HERE.resolve("python:3.12"));
  }

  @Test
  void anAddressIsFetchedByApptainer() {
    for (String address :
        new String[] {"docker://python:3.12", "oras://r/i:1", "library://a/b/c", "instance://x"}) {
      assertThat(read(address))
          .isEqualTo(new Container(Engine.APPTAINER, address, false, List.of(), Optional.empty()));
      assertThat(read(address).file()).isEmpty();
    }
  }

  @Test
  void aPrefixNamesTheEngine() {
    assertThat(read("podman:docker.io/library/python:3.12"))
        .isEqualTo(
            new Container(
                Engine.PODMAN,
                "docker.io/library/python:3.12",
                false,
                List.of(),
                Optional.empty()));
    assertThat(read("docker:python@sha256:00ff").engine()).isEqualTo(Engine.DOCKER);
    assertThat(read("docker:python")).hasToString("docker:python");
    assertThat(read("podman:python").file()).isEmpty();
  }

  @Test
  void whatNamesNoImageIsRefused() {
    assertThat(problem("podman:")).isEqualTo("--container: `podman:` names no image");
    assertThat(problem("docker:--privileged"))
        .isEqualTo("--container: `docker:--privileged` names no image");
    assertThat(problem("podman:a b")).isEqualTo("--container: `podman:a b` names no image");
    assertThat(problem(" ")).isEqualTo("--container: there is no image named");
    assertThat(problem("a\nb.sif")).isEqualTo("--container: an image is named on one line");
  }

  @Test
  void anImageThatIsAPathMustBeThere() {
    assertThat(read("/no/such.sif").missing(PLACE).orElseThrow().sentence())
        .isEqualTo("--container: there is no image `/no/such.sif`");
    assertThat(read("/").missing(PLACE)).isEmpty();
    assertThat(read("podman:no-such").missing(PLACE)).isEmpty();
  }

  private static Container read(String text) {
    return Container.read(text, HERE, PLACE);
  }

  private static String problem(String text) {
    InvalidInputException refused =
        catchThrowableOfType(InvalidInputException.class, () -> read(text));
    return refused.problems().getFirst().sentence();
  }
}
