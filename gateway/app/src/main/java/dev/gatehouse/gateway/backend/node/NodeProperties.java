package dev.gatehouse.gateway.backend.node;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How nodes are spoken to.
 *
 * @param heartbeat how often a node reports
 * @param silent a node that has not reported for this long is not chosen
 * @param connectTimeout of a connection to a node
 * @param stopTimeout how long a node may take to answer a call other than an exchange or a quote
 * @param quoteTimeout how long a node may take to count the tokens of a prompt
 */
@ConfigurationProperties(prefix = "gatehouse.node", ignoreUnknownFields = false)
record NodeProperties(
        @DefaultValue("5s") Duration heartbeat,
        @DefaultValue("15s") Duration silent,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("2s") Duration stopTimeout,
        @DefaultValue("30s") Duration quoteTimeout) {}
