/// The command line: one file a verb, and one place that prints.
@NullMarked
package io.karez.cli;

import org.jspecify.annotations.NullMarked;
