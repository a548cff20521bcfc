package io.karez.template;

/// What a name means that has no value.
///
/// @param what it was looked for as: `` `name` ``, `` `name` of a dict ``
/// @param name as it was written, for the nearest known one; empty when it is none
/// @param said whether it is among the problems already
/// @param mayBeEmpty whether it is empty text also where undefined names are problems
record Undefined(String what, String name, boolean said, boolean mayBeEmpty) {
  Undefined(String what, String name, boolean said) {
    this(what, name, said, false);
  }

  Undefined told() {
    return new Undefined(what, name, true, mayBeEmpty);
  }
}
