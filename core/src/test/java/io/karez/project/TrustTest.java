package io.karez.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karez.project.Trust.Given;
import io.karez.project.Trust.Owned;
import io.karez.project.Trust.Withheld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustTest {
  private static final Path PROJECT = Path.of("/home/p");
  private static final Path CONFIG = PROJECT.resolve(".karez/config.yaml");

  @Test
  void ownFilesAndThoseOfRootAreTrusted() {
    assertThat(
            Trust.decide(
                List.of(new Owned(PROJECT, 1000), new Owned(CONFIG, 0)), 1000, PROJECT, Set.of()))
        .isEqualTo(new Given());
  }

  @Test
  void oneFileOfSomebodyElseIsEnoughToWithholdIt() {
    Trust trust =
        Trust.decide(
            List.of(new Owned(PROJECT, 1000), new Owned(CONFIG, 1001)),
            1000,
            PROJECT,
            Set.of(Path.of("/home/pp"), Path.of("/other")));
    assertThat(trust).isEqualTo(new Withheld(CONFIG, 1001, PROJECT));
    assertThatThrownBy(trust::require)
        .hasMessage("`/home/p/.karez/config.yaml` belongs to the user 1001, not to you");
  }

  @Test
  void evenRootDoesNotTrustTheFilesOfOthers() {
    assertThat(Trust.decide(List.of(new Owned(CONFIG, 1001)), 0, PROJECT, Set.of()))
        .isEqualTo(new Withheld(CONFIG, 1001, PROJECT));
  }

  @Test
  void aTrustedDirectoryCountsWithAllThatIsBelowIt() {
    assertThat(
            Trust.decide(List.of(new Owned(CONFIG, 1001)), 1000, PROJECT, Set.of(Path.of("/home"))))
        .isEqualTo(new Given());
  }

  @Test
  void trustIsKeptInAFileOfTheUsersOwn(@TempDir Path directory) throws IOException {
    UserFiles user = UserFiles.of(Map.of("XDG_CONFIG_HOME", directory.resolve("x").toString()));
    Path one = Files.createDirectories(directory.resolve("b/c"));
    user.trust(one.resolve("../c"));
    user.trust(directory.resolve("b"));
    user.trust(one);
    Path real = directory.toRealPath();
    assertThat(directory.resolve("x/karez/trusted"))
        .hasContent(real.resolve("b") + "\n" + real.resolve("b/c") + "\n");
    assertThat(modeOf(directory.resolve("x/karez/trusted"))).isEqualTo("rw-------");
    assertThat(modeOf(directory.resolve("x/karez"))).isEqualTo("rwx------");
    assertThat(user.trusted()).containsExactly(real.resolve("b"), real.resolve("b/c"));
    assertThatThrownBy(() -> user.trust(directory.resolve("none")))
        .hasMessage("there is no directory `%s`", directory.resolve("none"));
  }

  @Test
  void myOwnDirectoryIsMine(@TempDir Path directory) {
    UserFiles user = new UserFiles(directory.resolve("none"));
    assertThat(Trust.of(directory, List.of(directory, directory.resolve("missing")), user))
        .isEqualTo(new Given());
  }

  private static String modeOf(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
