/// From a request's arguments to the ordered, lazy sequence of its jobs' parameter sets.
@NullMarked
package io.karez.expand;

import org.jspecify.annotations.NullMarked;
