package dev.gatehouse.gateway.metering.web;

import java.util.Optional;
import java.util.UUID;

/** The parameters that say whose requests are wanted, and for which model. */
record WhoseQuery(Optional<UUID> tenant, Optional<UUID> project, Optional<UUID> key, Optional<String> model) {}
