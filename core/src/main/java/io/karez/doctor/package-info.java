/// Looks over a machine, a project's directory and the scheduler found here.
@NullMarked
package io.karez.doctor;

import org.jspecify.annotations.NullMarked;
