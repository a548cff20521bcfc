package io.karez.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SecretsTest {

  @Test
  void theValueOfASecretOptionIsHiddenHoweverItIsWritten() {
    assertThat(
            Secrets.hidden(
                List.of(
                    "--lr", "0.1", "--api-token", "x", "--password=y", "--Key=", "--seed", "1")))
        .containsExactly(
            "--lr", "0.1", "--api-token", "***", "--password=***", "--Key=***", "--seed", "1");
    assertThat(Secrets.hidden(List.of("--secret"))).containsExactly("--secret");
    assertThat(Secrets.hidden(List.of("--secret", "--secret", "x")))
        .containsExactly("--secret", "***", "x");
  }

  @Test
  void wordsThatAreNoOptionsAreShown() {
    assertThat(Secrets.hidden(List.of("token", "x", "-password", "y", "--", "z")))
        .containsExactly("token", "x", "-password", "y", "--", "z");
    assertThat(Secrets.hidden(List.of("--token *** --k", "1")))
        .containsExactly("--token *** --k", "1");
    assertThat(Secrets.hidden(List.of("--lr=password"))).containsExactly("--lr=password");
  }
}
