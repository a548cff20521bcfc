package io.karez.scheduler;

/// What a scheduler calls a job.
///
/// @param text its own spelling, on one line
public record NativeId(String text) {

  public NativeId {
    if (text.isBlank() || text.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("not a native id: `" + text + "`");
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
