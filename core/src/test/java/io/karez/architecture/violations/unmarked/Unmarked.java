package io.karez.architecture.violations.unmarked;

record Unmarked() {}
