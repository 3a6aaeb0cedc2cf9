/**
 * The nodes over HTTP: read, drain, undrain.
 */
@NullMarked
package dev.gatehouse.gateway.serving.web;

import org.jspecify.annotations.NullMarked;
