/// The batch systems, a package each, and what they have in common. Text in, text out; no clock and
/// no I/O.
@NullMarked
package io.karez.scheduler;

import org.jspecify.annotations.NullMarked;
