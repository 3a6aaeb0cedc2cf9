package dev.gatehouse.gateway.dialect;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What holds for every dialect.
 *
 * @param otherBody largest body of a request that has no limit of its own
 */
@ConfigurationProperties(prefix = "gatehouse.dialect", ignoreUnknownFields = false)
record DialectProperties(@DefaultValue("4MB") DataSize otherBody) {}
