package io.karez.architecture.violations.define;

import io.karez.architecture.violations.expand.UsesDefine;

record UsesExpand(UsesDefine later) {}
