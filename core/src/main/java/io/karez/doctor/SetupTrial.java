package io.karez.doctor;

import io.karez.define.Site;
import io.karez.text.Place;
import io.karez.text.ShellWords;
import io.karez.transport.Command;
import java.util.ArrayList;
import java.util.List;

/// A site's set-up lines, run as a job's script runs them, and then nothing.
final class SetupTrial {
  /// The exit code when the first line fails; that of the next is one more.
  static final int FIRST = 100;

  private SetupTrial() {}

  static Command command(Site site) {
    StringBuilder script = new StringBuilder("trap 'exit 99' EXIT\n");
    for (int i = 0; i < site.setup().size(); i++) {
      // On a line of its own, because the user's may end in a comment.
      script
          .append(site.setup().get(i))
          .append("\n[ $? -eq 0 ] || { trap - EXIT; exit %d; }\n".formatted(FIRST + i));
    }
    List<String> words =
        new ArrayList<>(
            ShellWords.split(site.shell().orElse("/bin/bash -l"), Place.of("`shell:`")));
    words.addAll(List.of("-c", script.append("trap - EXIT\nexit 0\n").toString()));
    return Command.of(words).asking();
  }
}
