package io.karez.transport;

import io.karez.text.ShellWords;
import io.karez.transport.SshUnreachableException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Why there is no connection, from what `ssh` of OpenSSH says.
final class SshTrouble {
  private static final Pattern CHANGED =
      Pattern.compile("REMOTE HOST IDENTIFICATION HAS CHANGED|(host key|Host key).* has changed");
  private static final Pattern HOST_KEY = Pattern.compile("Host key verification failed");
  private static final Pattern LOGIN =
      Pattern.compile(
          "Permission denied|Too many authentication failures|No more authentication methods"
              + "|Access denied|account is locked|Authentication failed");

  private SshTrouble() {}

  /// @param said on standard error
  static SshUnreachableException of(SshHost host, String said) {
    Reason reason =
        CHANGED.matcher(said).find()
            ? Reason.CHANGED_HOST_KEY
            : HOST_KEY.matcher(said).find()
                ? Reason.HOST_KEY
                : LOGIN.matcher(said).find() ? Reason.LOGIN : Reason.NETWORK;
    String what =
        switch (reason) {
          case CHANGED_HOST_KEY -> "`%s` has another host key than the one that is known";
          case HOST_KEY -> "the host key of `%s` is not known";
          case LOGIN -> "`%s` refused the login";
          case NETWORK -> "`%s` cannot be reached";
        };
    String own = said.isEmpty() ? "" : ":\n" + said.strip().indent(2).stripTrailing();
    return new SshUnreachableException(
        reason, what.formatted(host) + own, byHand(host), host.passwordFile());
  }

  private static String byHand(SshHost host) {
    List<String> words = new ArrayList<>(List.of("ssh"));
    words.addAll(host.options());
    words.add(host.name());
    return ShellWords.quoteAll(words);
  }
}
