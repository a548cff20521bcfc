package io.karez.transfer;

import java.util.List;

/// What a transfer has done.
///
/// @param files that were copied
/// @param bytes of these files
/// @param same how many files needed no copying
/// @param failed what could not be copied, and why
/// @param interruptions how often the connection broke and was made again
public record TransferReport(
    int files, long bytes, int same, List<Unfit> failed, int interruptions) {
  public TransferReport {
    failed = List.copyOf(failed);
  }
}
