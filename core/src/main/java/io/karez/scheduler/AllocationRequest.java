package io.karez.scheduler;

import io.karez.define.SubmitTemplate.Directive;
import java.util.List;

/// What is asked for when an allocation is got.
///
/// @param name in the scheduler's own lists
/// @param token by which it can be found again
/// @param directives what is asked for, in the scheduler's own words
public record AllocationRequest(String name, String token, List<Directive> directives) {

  public AllocationRequest {
    directives = List.copyOf(directives);
  }
}
