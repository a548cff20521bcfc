package io.karez.architecture.violations.cli;

public record Printer() {
  public void print() {
    System.out.println();
  }
}
