package io.karez.architecture.violations.text;

import io.karez.architecture.violations.expand.UsesDefine;

record UsesExpand(UsesDefine above) {}
