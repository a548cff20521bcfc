package io.karez.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AskpassTest {
  @TempDir Path directory;

  @BeforeEach
  void aPassword() throws Exception {
    Files.writeString(directory.resolve("password"), " it is $HOME\\n\r");
    try (InputStream script =
        Objects.requireNonNull(SshClient.class.getResourceAsStream("askpass.sh"))) {
      Files.copy(script, directory.resolve("askpass"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada@token.example.org's password: ",
        "(ada@token.example.org) Password: ",
        "(ada@token.example.org) LDAP password: ",
        "Password for ada@login:",
        "Password: "
      })
  void thePasswordIsTheAnswerToAPassword(String prompt) throws Exception {
    assertThat(answer(prompt)).isEqualTo(new Said(0, " it is $HOME\\n\r\n"));
  }

  /// There is no terminal to ask at.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(ada@token.example.org) One-time password (OATH) for `ada': ",
        "(ada@token.example.org) Verification code: ",
        "(ada@token.example.org) Password or token: ",
        "(ada@token.example.org) New password: ",
        "(ada@token.example.org) Retype new password: ",
        "(ada@token.example.org) Current password: ",
        "(ada@jump.example.org) Password: ",
        "ada@jump.example.org's password: ",
        "(eve@token.example.org) Password: ",
        "Enter passphrase for key 'id': ",
        "Are you sure you want to continue connecting (yes/no/[fingerprint])? ",
        ""
      })
  void nothingElseIsAnsweredWithThePassword(String prompt) throws Exception {
    Said said = answer(prompt);
    assertThat(said.code()).isNotZero();
    assertThat(said.text()).isEmpty();
  }

  /// It may be that of a host on the way.
  @Test
  void whereItIsNotClearWhoAsksThePasswordIsKept() throws Exception {
    assertThat(answer("Password: ", "").text()).isEmpty();
  }

  private record Said(int code, String text) {}

  private Said answer(String prompt) throws TransportException {
    return answer(prompt, "yes");
  }

  private Said answer(String prompt, String alone) throws TransportException {
    Completed said =
        new LocalTransport()
            .run(
                Command.of(
                        "setsid", "--wait", "sh", directory.resolve("askpass").toString(), prompt)
                    .with(
                        Map.of(
                            "KAREZ_PASSWORD_FILE",
                            directory.resolve("password").toString(),
                            "KAREZ_PASSWORD_OF",
                            "ada@token.example.org",
                            "KAREZ_PASSWORD_ALONE",
                            alone)),
                Duration.ofSeconds(20));
    return new Said(said.exitCode(), said.text());
  }
}
