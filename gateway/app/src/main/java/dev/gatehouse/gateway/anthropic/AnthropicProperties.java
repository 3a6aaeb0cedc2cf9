package dev.gatehouse.gateway.anthropic;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The Anthropic dialect.
 *
 * @param messageBody largest body of a message request, and of one that counts its tokens
 */
@ConfigurationProperties(prefix = "gatehouse.anthropic", ignoreUnknownFields = false)
record AnthropicProperties(@DefaultValue("32MB") DataSize messageBody) {}
