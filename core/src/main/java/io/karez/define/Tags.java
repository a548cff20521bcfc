package io.karez.define;

import java.util.List;

/// The words by which people find runs and experiments again.
public final class Tags {
  private Tags() {}

  /// In their order, none twice.
  ///
  /// @throws io.karez.text.InvalidInputException when one is blank or not text on one line
  public static List<String> of(List<String> tags) {
    return Texts.tags(tags);
  }
}
