/// Breaks rules on purpose.
@NullMarked
package io.karez.architecture.violations.define;

import org.jspecify.annotations.NullMarked;
