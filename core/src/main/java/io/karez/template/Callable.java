package io.karez.template;

/// What can be called in a template.
interface Callable {
  /// @throws Failure when it cannot be done with these
  Object call(Args args);
}
