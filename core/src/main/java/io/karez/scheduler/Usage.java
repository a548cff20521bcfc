package io.karez.scheduler;

import java.time.Duration;
import java.util.Optional;

/// What an accounting tells of the resources of one job; empty is what it does not tell.
///
/// @param asked what the job had asked for
/// @param elapsed wall clock
/// @param cpu user and system time of all that has ended by itself
/// @param memoryBytes the highest resident memory of any of its tasks that was seen: looked at from
///   time to time, so it may have been more
public record Usage(
    Asked asked, Optional<Duration> elapsed, Optional<Duration> cpu, Optional<Long> memoryBytes) {}
