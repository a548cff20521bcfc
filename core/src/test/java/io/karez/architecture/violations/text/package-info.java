/// Breaks rules on purpose.
@NullMarked
package io.karez.architecture.violations.text;

import org.jspecify.annotations.NullMarked;
