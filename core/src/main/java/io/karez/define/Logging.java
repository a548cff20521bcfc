package io.karez.define;

/// How much Karez says about its own doings.
public enum Logging {
  DEBUG,
  INFO,
  WARNING,
  ERROR
}
