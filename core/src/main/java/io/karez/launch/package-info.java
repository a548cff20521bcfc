/// One place for the way of a run from its request to its scheduler, on this machine or a site:
/// what the command line and the library do alike.
@NullMarked
package io.karez.launch;

import org.jspecify.annotations.NullMarked;
