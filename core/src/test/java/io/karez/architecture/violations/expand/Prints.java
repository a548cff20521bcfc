package io.karez.architecture.violations.expand;

final class Prints {
  private Prints() {}

  static void print() {
    System.out.println();
  }
}
