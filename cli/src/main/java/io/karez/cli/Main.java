package io.karez.cli;

public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.out.println("karez");
  }
}
