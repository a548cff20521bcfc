/// Makes a run's files and hands its jobs to a scheduler: intent first, then the command, then the
/// answer.
@NullMarked
package io.karez.submit;

import org.jspecify.annotations.NullMarked;
