package dev.gatehouse.bench.node;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a ticket says.
 *
 * @param exp seconds since the epoch
 */
record Claims(
        @JsonProperty(required = true) String verb,
        @JsonProperty(required = true) String intent,
        @JsonProperty(required = true) int attempt,
        @JsonProperty(required = true) String node,
        @JsonProperty(required = true) int cap,
        @JsonProperty(required = true) String sha256,
        @JsonProperty(required = true) long exp) {}
