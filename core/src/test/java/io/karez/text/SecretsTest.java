package io.karez.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.karez.testing.HostileWords;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
            "run --token $(cat \"my file\")",
            "max_tokens=1 --tokenizer x tokens=2 keyboard:3 {'monkeys': 4} tokenizerPath=5",
            "--token-file x key_path=a keyFile=b",
            "--token '***' --k 1")) {
      assertThat(hiddenText(text)).isEqualTo(text);
    }
  }

  /// Words, and what is shown of them.
  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '\0',
      textBlock =
          """
          --env=TOKEN=SECx                     § --env=TOKEN=***
          -eTOKEN=SECx y                       § -eTOKEN=***
          -DapiKey=SECx                        § -DapiKey=***
          -Dtoken=SECx                         § -Dtoken=***
          A=1;TOKEN=SECx;true                  § A=1;TOKEN=***;true
          lr=1,token=SECx                      § lr=1,token=***
          {api_key:SECx}                       § {api_key:***
          token:SECx                           § token:***
          model={token:SECx,lr:1}              § model={token:***
          {"api_key": "SECx", "lr": 1}         § {"api_key": *** "lr": 1}
          {\\"lr\\": 1, \\"api_key\\": \\"SECx y\\"} § {\\"lr\\": 1, \\"api_key\\": ***
          {'lr': 1, 'secretKey': ['SECx', 'y']} § {'lr': 1, 'secretKey': ***
          http://h/x?token=SECx&lr=1           § http://h/x?token=***&lr=1
          true '--token' 'SECx' b              § true '--token' *** b
          true "TOKEN=SECx y" b                § true "TOKEN=***" b
          x TOKEN='ab''SECx y' true            § x TOKEN=*** true
          x TOKEN=a\\ SECx true                § x TOKEN=*** true
          x TOKEN+=SECx true; A+=1             § x TOKEN+=*** true; A+=1
          x TOKEN=$(echo SECx) true            § x TOKEN=*** true
          x TOKEN=`echo SECx` true             § x TOKEN=*** true
          x --token "" SECx y                  § x --token "" *** y
          x --token '' \t '' SECx y             § x --token '' \t '' *** y
          x ++token SECx y                     § x ++token *** y
          x --secretKey SECx y                 § x --secretKey *** y
          x; token = "SECx y"; z               § x; token = ***; z
          os.environ["TOKEN"] = 'SECx'; z      § os.environ["TOKEN"] = ***; z
          curl -H 'X-Api-Key: SECx' h          § curl -H 'X-Api-Key: ***' h
          x TOKEN2=SECx WandbAPIKEY=SECx y     § x TOKEN2=*** WandbAPIKEY=*** y
          """)
  void aSecretIsHiddenHoweverItsTextIsWritten(String text, String shown) {
    assertThat(hiddenText(text)).isEqualTo(shown);
    assertThat(Secrets.areIn(List.of(text))).isTrue();
    assertThat(hiddenText(shown)).isEqualTo(shown);
  }

  @Test
  void aSecretOnTheNextLineIsHidden() {
    assertThat(hiddenText("x --token \\\n  SECx y")).isEqualTo("x --token \\\n  *** y");
    assertThat(Secrets.hidden(List.of("--token", "", "SECx", "y")))
        .containsExactly("--token", "", "***", "y");
    assertThat(Secrets.hidden(List.of("++token", "SECx", "--secretKey", "SECx")))
        .containsExactly("++token", "***", "--secretKey", "***");
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
    assertThat(hiddenText("x=1; TOKEN=\"" + letters)).doesNotContain("a");
  }

  @Test
  void noTextIsTooHardToRead() {
    Random random = new Random(20261121);
    for (int i = 0; i < 2000; i++) {
      for (String name : List.of("run --token ", "a; TOKEN=", "x '--key' ", "'key':")) {
        String text = name + HostileWords.one(random) + HostileWords.one(random);
        String shown = hiddenText(text);
        assertThat(hiddenText(shown)).as(text).isEqualTo(shown);
        assertThat(Secrets.areIn(List.of(text)) || shown.equals(text)).as(text).isTrue();
      }
    }
    String large = HostileWords.large(random);
    assertThat(Secrets.hidden(List.of("x y " + large, "--password " + large))).hasSize(2);
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
