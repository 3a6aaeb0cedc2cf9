/**
 * The administration over HTTP: tenants, projects and keys. Problems are RFC 9457 documents; every path needs a scope.
 */
@NullMarked
package dev.gatehouse.gateway.access.web;

import org.jspecify.annotations.NullMarked;
