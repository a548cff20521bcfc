/// What may use what, as tests.
@NullMarked
package io.karez.architecture;

import org.jspecify.annotations.NullMarked;
