package io.karez.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SshClientTest {
  @Test
  void theQuickestCipherOfOpenSshsOwnListComesFirst() {
    assertThat(
            SshClient.quickest(
                "chacha20-poly1305@openssh.com,aes128-ctr,aes192-ctr,aes256-ctr"
                    + ",aes128-gcm@openssh.com,aes256-gcm@openssh.com"))
        .hasValue(
            "aes128-gcm@openssh.com,chacha20-poly1305@openssh.com,aes128-ctr,aes192-ctr,aes256-ctr"
                + ",aes256-gcm@openssh.com");
  }

  @Test
  void aListThatTheUserHasMadeStaysAsItIs() {
    assertThat(SshClient.quickest("chacha20-poly1305@openssh.com,aes128-gcm@openssh.com"))
        .isEmpty();
    assertThat(SshClient.quickest("aes256-ctr")).isEmpty();
  }
}
