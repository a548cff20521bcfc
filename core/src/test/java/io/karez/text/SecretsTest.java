package io.karez.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
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
  void anAssignedSecretIsHiddenAsHydraAndAsShellsWriteIt() {
    assertThat(
            Secrets.hidden(
                List.of("lr=1", "token=a,b", "+model.api_key=x", "env", "TOKEN=x y", "--", "-x=1")))
        .containsExactly(
            "lr=1", "token=***", "+model.api_key=***", "env", "TOKEN=***", "--", "-x=1");
    assertThat(Secrets.hidden(List.of("key_file=a", "path=/key=1", "=key")))
        .containsExactly("key_file=a", "path=/key=1", "=key");
  }

  @Test
  void aSecretInsideOfTextIsHidden() {
    assertThat(
            hiddenText(
                "export API_KEY='a b'; run --token hunter2 --lr 1 --password=\"x \\\" y\"; echo"))
        .isEqualTo("export API_KEY=***; run --token *** --lr 1 --password=***; echo");
    assertThat(hiddenText("cd x && WANDB_API_KEY=abc python t.py|tee log"))
        .isEqualTo("cd x && WANDB_API_KEY=*** python t.py|tee log");
    for (String text :
        List.of(
            "run --token $TOKEN --password=\"${PASSWORD}\"",
            "the key = value, a token x",
            "monkey=1 turkey=2",
            "--token '***' --k 1")) {
      assertThat(hiddenText(text)).isEqualTo(text);
    }
  }

  @Test
  void secretsAreFoundHiddenOrNot() {
    for (String text : List.of("--token", "token=***", "run --token x", "run --token ***")) {
      assertThat(Secrets.areIn(List.of("a", text))).as(text).isTrue();
      assertThat(Secrets.areIn(Secrets.hidden(List.of("a", text)))).as(text).isTrue();
    }
    assertThat(Secrets.areIn(List.of("--lr", "0.1", "run --token $TOKEN"))).isFalse();
    assertThat(Secrets.areIn(Map.of("c", "run --token ***"))).isTrue();
    assertThat(Secrets.areIn(Map.of("l", List.of("1", "run --token x")))).isTrue();
    assertThat(Secrets.areIn(Map.of("lr", "1"))).isFalse();
  }

  @Test
  void parametersKeepWhatIsNoSecret() {
    assertThat(
            Secrets.hidden(
                Map.of("token", "x", "c", "run --key x", "l", List.of("a", "K_TOKEN=x y"))))
        .isEqualTo(
            Map.of("token", "***", "c", "run --key ***", "l", List.of("a", "K_TOKEN=*** y")));
  }

  @Test
  void quotedWordsOfAnyLengthAreRead() {
    String letters = "a".repeat(100_000);
    for (String value : List.of(letters, "\\\"".repeat(50_000), "(".repeat(100_000))) {
      for (String text :
          List.of("x=\"" + value + "\"; echo ok", "x='" + value + "'; y", "x=\"" + value + " ok")) {
        assertThat(hiddenText(text)).isEqualTo(text);
      }
    }
    assertThat(hiddenText("x=1; TOKEN=\"" + letters + "\"; y")).isEqualTo("x=1; TOKEN=***; y");
  }

  private static String hiddenText(String text) {
    return Secrets.hidden(List.of(text)).getFirst();
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
