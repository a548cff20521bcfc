/// Breaks rules on purpose.
@NullMarked
package io.karez.architecture.violations.cli;

import org.jspecify.annotations.NullMarked;
