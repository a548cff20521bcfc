/// Nodes that a batch system gives for a while: got, listed, given back.
@NullMarked
package io.karez.allocation;

import org.jspecify.annotations.NullMarked;
