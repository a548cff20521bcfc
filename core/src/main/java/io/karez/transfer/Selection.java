package io.karez.transfer;

import java.util.List;

/// What of a directory is to be copied.
///
/// @param leftOut what cannot be copied; what is ignored is not mentioned
public record Selection(Listing listing, List<Unfit> leftOut) {
  public Selection {
    leftOut = List.copyOf(leftOut);
  }
}
