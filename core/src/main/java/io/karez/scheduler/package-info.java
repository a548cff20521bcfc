/// The batch systems: one file each, pure. Text in, text out; no clock and no I/O.
@NullMarked
package io.karez.scheduler;

import org.jspecify.annotations.NullMarked;
