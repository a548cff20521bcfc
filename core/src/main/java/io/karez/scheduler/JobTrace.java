package io.karez.scheduler;

/// What a job that has started says of where it runs.
///
/// @param process names the program's process
/// @param wrapper names the process that waits for the program
/// @param nativeId the scheduler's, as the job knows it; empty when it has none
public record JobTrace(String process, String wrapper, String nativeId) {}
