/// The places where jobs run: how to get there, and the copies of runs that lie there.
@NullMarked
package io.karez.site;

import org.jspecify.annotations.NullMarked;
