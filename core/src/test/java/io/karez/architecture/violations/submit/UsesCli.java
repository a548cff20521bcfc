package io.karez.architecture.violations.submit;

import io.karez.architecture.violations.cli.Printer;

record UsesCli(Printer printer) {}
