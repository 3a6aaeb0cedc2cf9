package dev.gatehouse.gateway.catalog;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the catalog is filled.
 *
 * @param publishRegistered whether a model that a node serves is published under its own name, if no model has that name
 */
@ConfigurationProperties(prefix = "gatehouse.catalog", ignoreUnknownFields = false)
record CatalogProperties(@DefaultValue("true") boolean publishRegistered) {}
