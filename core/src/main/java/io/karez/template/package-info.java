/// Launch-script templates: Jinja2's syntax and meaning, text and values in, text out. Pure.
@NullMarked
package io.karez.template;

import org.jspecify.annotations.NullMarked;
