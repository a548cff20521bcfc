/// Reads runs back: how they stand, and why.
@NullMarked
package io.karez.inspect;

import org.jspecify.annotations.NullMarked;
