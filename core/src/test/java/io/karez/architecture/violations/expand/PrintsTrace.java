package io.karez.architecture.violations.expand;

final class PrintsTrace {
  private PrintsTrace() {}

  @SuppressWarnings("PrintStackTrace")
  static void print(Exception thrown) {
    thrown.printStackTrace();
  }
}
