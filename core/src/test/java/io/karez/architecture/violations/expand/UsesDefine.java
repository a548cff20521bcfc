package io.karez.architecture.violations.expand;

import io.karez.architecture.violations.define.Early;

public record UsesDefine(Early earlier) {}
