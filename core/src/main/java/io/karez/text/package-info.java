/// Small readers and writers that the other packages share: shell words, JSON, sizes, durations.
@NullMarked
package io.karez.text;

import org.jspecify.annotations.NullMarked;
