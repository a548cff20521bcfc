/// The library's front: fills launch templates and runs the scripts on this machine or on a host
/// that `ssh` reaches.
///
/// {@link io.karez.runner.LocalRunner} and {@link io.karez.runner.SshRunner} take a {@link
/// io.karez.runner.Launch} and give a {@link io.karez.runner.LaunchedRun}. Its runs are runs like
/// any other: the command line sees them, and they are found again by their numbers.
@NullMarked
package io.karez.runner;

import org.jspecify.annotations.NullMarked;
