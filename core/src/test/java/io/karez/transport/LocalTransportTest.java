package io.karez.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LocalTransportTest {
  @Test
  void aScriptThatTakesTooLongIsNamedNotPrinted() {
    Command slow = Command.of("/bin/sh", "-c", "# wait NAME\nexec sleep 60\n", "wait", "a b");
    assertThatThrownBy(() -> new LocalTransport().run(slow, Duration.ofMillis(20)))
        .isInstanceOf(TransportException.class)
        .hasMessage("`wait 'a b'` had not ended after 0 s");
  }

  @Test
  void whatAMessageShowsOfACommandIsOneLine() {
    assertThat(Command.of("sleep", "60").shown()).isEqualTo("sleep 60");
    assertThat(Command.of("sh", "-c", "echo $1", "say", "x").shown()).isEqualTo("say x");
    assertThat(Command.of("/bin/sh", "-c", "one\ntwo").shown()).isEqualTo("/bin/sh -c 'one ...");
    assertThat(Command.of("bash", "-c", "one", "a").shown()).isEqualTo("bash -c one a");
  }
}
