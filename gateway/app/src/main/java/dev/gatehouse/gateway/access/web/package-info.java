/**
 * The administration over HTTP: tenants, projects and keys, and what the administration of other rooms shares: lists, problems
 * (RFC 9457), and the scope that each path needs.
 */
@NamedInterface("web")
@NullMarked
package dev.gatehouse.gateway.access.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
