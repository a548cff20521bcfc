/// Finds out how jobs stand: asks, judges, records.
@NullMarked
package io.karez.track;

import org.jspecify.annotations.NullMarked;
