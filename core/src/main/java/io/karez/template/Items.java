package io.karez.template;

import java.util.Collection;

/// What Python goes through without calling it a list: `dict_items`, what `map` and `select` give.
///
/// @param type what Python calls it
/// @param hasLength whether it can be counted: a generator cannot
record Items(String type, Collection<Object> all, boolean hasLength) {
  static Items generator(Collection<Object> all) {
    return new Items("generator", all, false);
  }
}
