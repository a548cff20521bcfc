package io.karez.template;

/// Python's `None`.
enum None {
  NONE
}
