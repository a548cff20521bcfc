package io.karez.architecture.violations.submit;

import io.karez.transport.LocalTransport;

record PicksLocal(LocalTransport transport) {}
