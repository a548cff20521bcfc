package io.karez.architecture.violations.expand;

record StartsProcess(ProcessBuilder builder) {}
