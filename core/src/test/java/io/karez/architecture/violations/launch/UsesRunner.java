package io.karez.architecture.violations.launch;

import io.karez.architecture.violations.runner.Front;

record UsesRunner(Front front) {}
