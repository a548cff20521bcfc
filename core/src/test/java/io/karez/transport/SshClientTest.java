package io.karez.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SshClientTest {
  private static final String USUAL =
      "chacha20-poly1305@openssh.com,aes128-ctr,aes128-gcm@openssh.com,aes256-gcm@openssh.com";

  @Test
  void theQuickestCipherOfOpenSshsOwnListComesFirst() {
    assertThat(SshClient.quickest(USUAL))
        .hasValue(
            "aes128-gcm@openssh.com,chacha20-poly1305@openssh.com,aes128-ctr,aes256-gcm@openssh.com");
  }

  @Test
  void aCipherThatTheUserRulesOutIsNotAskedFor() {
    assertThat(SshClient.quickest("chacha20-poly1305@openssh.com,aes256-ctr")).isEmpty();
  }

  @Test
  void whatTheUserPrefersToOpenSshsFirstStaysFirst() {
    assertThat(SshClient.quickest("aes256-gcm@openssh.com," + USUAL)).isEmpty();
  }
}
