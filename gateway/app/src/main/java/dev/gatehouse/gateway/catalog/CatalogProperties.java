package dev.gatehouse.gateway.catalog;

import java.util.Currency;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the catalog is filled, and what its prices are in.
 *
 * @param publishRegistered whether a model that a node serves is published under its own name, if no model has that name
 * @param currency of all amounts of money, ISO 4217
 */
@ConfigurationProperties(prefix = "gatehouse.catalog", ignoreUnknownFields = false)
record CatalogProperties(
        @DefaultValue("true") boolean publishRegistered,
        @DefaultValue("USD") Currency currency) {}
