/**
 * The books over HTTP: what became of requests, what was used, and whether the sums agree.
 */
@NullMarked
package dev.gatehouse.gateway.metering.web;

import org.jspecify.annotations.NullMarked;
