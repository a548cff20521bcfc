/// Breaks rules on purpose.
@NullMarked
package io.karez.architecture.violations.submit;

import org.jspecify.annotations.NullMarked;
