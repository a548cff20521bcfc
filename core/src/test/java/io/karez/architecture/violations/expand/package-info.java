/// Breaks rules on purpose.
@NullMarked
package io.karez.architecture.violations.expand;

import org.jspecify.annotations.NullMarked;
