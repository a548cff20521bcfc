package io.karez.architecture.violations.define;

import io.karez.transport.Transport;

record RunsCommands(Transport transport) {}
