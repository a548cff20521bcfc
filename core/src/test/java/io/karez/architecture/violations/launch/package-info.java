@NullMarked
package io.karez.architecture.violations.launch;

import org.jspecify.annotations.NullMarked;
