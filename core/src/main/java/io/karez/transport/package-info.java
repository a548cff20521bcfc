/// Runs commands where the jobs are: on this machine, or on a login node through SSH. The only
/// package that starts processes.
@NullMarked
package io.karez.transport;

import org.jspecify.annotations.NullMarked;
