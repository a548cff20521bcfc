/// Which file goes where: what lies in a directory, what of it is left out, and what has to be
/// copied. Pure, but for reading directories.
@NullMarked
package io.karez.transfer;

import org.jspecify.annotations.NullMarked;
