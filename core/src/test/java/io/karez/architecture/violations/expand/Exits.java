package io.karez.architecture.violations.expand;

final class Exits {
  private Exits() {}

  static void exit() {
    System.exit(1);
  }
}
