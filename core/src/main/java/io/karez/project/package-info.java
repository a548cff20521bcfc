/// A project on disk: found, set up, trusted; its definitions read and saved.
@NullMarked
package io.karez.project;

import org.jspecify.annotations.NullMarked;
