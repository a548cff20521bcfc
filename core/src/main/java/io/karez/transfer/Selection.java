package io.karez.transfer;

import java.util.List;

/// What of a directory is to be copied.
///
/// @param leftOut what cannot be copied; what is ignored is not mentioned
/// @param rules all that ignore files said
public record Selection(Listing listing, List<Unfit> leftOut, IgnoreRules rules) {
  public static final Selection EMPTY = new Selection(Listing.EMPTY, List.of(), IgnoreRules.NONE);

  public Selection {
    leftOut = List.copyOf(leftOut);
  }
}
