package io.karez.architecture.violations.define;

public record Early() {}
