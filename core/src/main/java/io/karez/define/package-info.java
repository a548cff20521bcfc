/// The values a project is made of (experiments, datasets, resources, sites, settings) and their
/// YAML text.
@NullMarked
package io.karez.define;

import org.jspecify.annotations.NullMarked;
