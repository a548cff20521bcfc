package io.karez.architecture.violations.runner;

public record Front() {}
