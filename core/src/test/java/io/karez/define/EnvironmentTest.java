package io.karez.define;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
  private static final Map<String, String> OWN =
      Map.of(
          "PATH", "/opt/conda/bin:/usr/bin",
          "CONDA_PREFIX", "/opt/conda",
          "CONDA_DEFAULT_ENV", "a b\n$c",
          "CONDA_TOKEN", "t0ps3cret",
          "LANG", "\uFFFD",
          "HOME", "/home/me");

  @Test
  void theUsersProgramsAndLibrariesAreForwardedAndNothingElse() {
    assertThat(Environment.NONE.of(OWN))
        .isEqualTo(
            Map.of(
                "PATH", "/opt/conda/bin:/usr/bin",
                "CONDA_PREFIX", "/opt/conda",
                "CONDA_DEFAULT_ENV", "a b\n$c"));
  }

  @Test
  void whatIsSetWinsAndComesLast() {
    Map<String, String> set = new LinkedHashMap<>();
    set.put("PATH", "/mine");
    set.put("OMP_NUM_THREADS", "1");
    Environment environment = new Environment(set, Optional.of(List.of("HOME", "PATH", "MISSING")));
    assertThat(environment.of(OWN))
        .containsExactly(
            Map.entry("HOME", "/home/me"),
            Map.entry("PATH", "/mine"),
            Map.entry("OMP_NUM_THREADS", "1"));
    assertThat(new Environment(Map.of(), Optional.of(List.of())).of(OWN)).isEmpty();
  }
}
