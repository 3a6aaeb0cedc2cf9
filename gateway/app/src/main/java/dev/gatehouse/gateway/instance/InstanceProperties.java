package dev.gatehouse.gateway.instance;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * This gateway.
 *
 * @param name unique among the gateways of one database
 * @param runFile written once the port listens; none if it is missing
 * @param supervised end when standard input closes
 */
@ConfigurationProperties(prefix = "gatehouse.instance", ignoreUnknownFields = false)
record InstanceProperties(
        @DefaultValue("gateway-1") String name,
        @Nullable Path runFile,
        @DefaultValue("false") boolean supervised) {}
