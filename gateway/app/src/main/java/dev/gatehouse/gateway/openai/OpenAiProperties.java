package dev.gatehouse.gateway.openai;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The OpenAI dialect.
 *
 * @param chatBody largest body of a chat completion request
 */
@ConfigurationProperties(prefix = "gatehouse.openai", ignoreUnknownFields = false)
record OpenAiProperties(@DefaultValue("32MB") DataSize chatBody) {}
