/// Run directories, which are the truth, and the index, which is a cache of them.
@NullMarked
package io.karez.store;

import org.jspecify.annotations.NullMarked;
