/** The administration of prices and tariffs over HTTP. */
@NullMarked
package dev.gatehouse.gateway.catalog.web;

import org.jspecify.annotations.NullMarked;
