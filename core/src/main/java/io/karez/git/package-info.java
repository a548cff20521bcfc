/// Says which commit the code is at, keeps what is not committed, and makes clean checkouts; only
/// through the `git` command, and without changing the user's repository unless asked to commit.
@NullMarked
package io.karez.git;

import org.jspecify.annotations.NullMarked;
