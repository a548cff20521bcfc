/// Copies files between this machine and a site: by `rsync`, by `sftp`, or to another directory of
/// this machine.
@NullMarked
package io.karez.upload;

import org.jspecify.annotations.NullMarked;
