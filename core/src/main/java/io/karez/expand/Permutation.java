package io.karez.expand;

/// A seeded permutation of `0 .. size-1`, computed number by number.
///
/// A Feistel network of six rounds over the next even power of two, walked until the result is
/// below the size (Black and Rogaway, "Ciphers with Arbitrary Finite Domains", 2002). The round
/// function is SplitMix64's finaliser, so that a seed means the same in every version of Java.
record Permutation(long size, long seed, int halfBits) {
  private static final int ROUNDS = 6;

  static Permutation of(long size, long seed) {
    int bits = Math.max(2, Long.SIZE - Long.numberOfLeadingZeros(size - 1));
    return new Permutation(size, seed, (bits + 1) / 2);
  }

  /// The index that stands at the given rank.
  long index(long rank) {
    long value = rank;
    do {
      value = forward(value);
    } while (value < 0 || value >= size);
    return value;
  }

  /// The rank at which the given index stands.
  long rank(long index) {
    long value = index;
    do {
      value = backward(value);
    } while (value < 0 || value >= size);
    return value;
  }

  private long forward(long value) {
    long left = value >>> halfBits;
    long right = value & mask();
    for (int round = 0; round < ROUNDS; round++) {
      long next = left ^ (mix(right, round) & mask());
      left = right;
      right = next;
    }
    return left << halfBits | right;
  }

  private long backward(long value) {
    long left = value >>> halfBits;
    long right = value & mask();
    for (int round = ROUNDS - 1; round >= 0; round--) {
      long previous = right ^ (mix(left, round) & mask());
      right = left;
      left = previous;
    }
    return left << halfBits | right;
  }

  private long mask() {
    return (1L << halfBits) - 1;
  }

  private long mix(long value, int round) {
    return finish(value + finish(seed + (round + 1) * 0x9E3779B97F4A7C15L));
  }

  private static long finish(long bits) {
    long z = bits;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
