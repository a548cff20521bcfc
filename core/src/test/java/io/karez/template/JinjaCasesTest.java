package io.karez.template;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.karez.text.InvalidInputException;
import io.karez.text.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Against Jinja2 3.1.2 of Debian 12, recorded; and against the one of this machine, so that the
/// record is never stale.
class JinjaCasesTest {

  static List<JinjaCase> cases() throws IOException {
    return JinjaCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void asJinja2(JinjaCase recorded) {
    Optional<String> expected = recorded.expected();
    if (expected.isPresent()) {
      assertThat(recorded.render()).isEqualTo(expected.get());
    } else {
      assertThatThrownBy(recorded::render).isInstanceOf(InvalidInputException.class);
    }
  }

  @Test
  void thereAreEnoughOfThem() throws IOException {
    assertThat(cases()).hasSizeGreaterThan(100);
  }

  @Test
  void theRecordIsWhatTheRealOneSays() throws IOException, InterruptedException {
    Optional<String> python = python();
    assumeTrue(python.isPresent(), "no python3 with jinja2");
    Process process =
        new ProcessBuilder(
                python.orElseThrow(),
                JinjaCase.directory().resolve("render.py").toString(),
                JinjaCase.directory().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isZero();

    Map<String, Object> real = new TreeMap<>();
    Map<String, Object> recorded = new TreeMap<>();
    @Nullable Object all = Json.read(said, "render.py");
    ((Map<?, ?>) java.util.Objects.requireNonNull(all))
        .forEach((name, kind) -> real.put(String.valueOf(name), outcome((List<?>) kind)));
    cases().forEach(known -> recorded.put(known.name(), known.expected().orElse("refused")));
    assertThat(real).isEqualTo(recorded);
  }

  private static String outcome(List<?> kindAndText) {
    return kindAndText.get(0).equals("output") ? String.valueOf(kindAndText.get(1)) : "refused";
  }

  /// Debian's own first: another one on PATH may lack what Debian has installed.
  private static Optional<String> python() throws IOException, InterruptedException {
    for (String python : List.of("/usr/bin/python3", "python3")) {
      try {
        Process process =
            new ProcessBuilder(python, "-c", "import jinja2").redirectErrorStream(true).start();
        process.getOutputStream().close();
        if (process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0) {
          return Optional.of(python);
        }
      } catch (IOException e) {
        // there is none
      }
    }
    return Optional.empty();
  }
}
