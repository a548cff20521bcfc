package io.karez.architecture.violations.expand;

import java.io.IOException;

final class Executes {
  private Executes() {}

  static Process execute(String... words) throws IOException {
    return Runtime.getRuntime().exec(words);
  }
}
