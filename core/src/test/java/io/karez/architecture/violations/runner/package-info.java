@NullMarked
package io.karez.architecture.violations.runner;

import org.jspecify.annotations.NullMarked;
