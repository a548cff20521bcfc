/// The one query language: `config.lr <= 1e-2 & ~ info.status in ['FAILED']`, parsed, checked and
/// evaluated.
@NullMarked
package io.karez.query;

import org.jspecify.annotations.NullMarked;
