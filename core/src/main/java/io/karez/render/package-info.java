/// Parameter sets, a request and a dialect to the exact files of a run. Pure.
@NullMarked
package io.karez.render;

import org.jspecify.annotations.NullMarked;
