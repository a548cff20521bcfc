/// Slurm, as {@link io.karez.scheduler.Dialect} wants to speak to it.
@NullMarked
package io.karez.scheduler.slurm;

import org.jspecify.annotations.NullMarked;
