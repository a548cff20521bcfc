package io.karez.cli;

/// The entry point.
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(run(args));
  }

  static int run(String... args) {
    System.out.println("karez " + String.join(" ", args));
    return 0;
  }
}
