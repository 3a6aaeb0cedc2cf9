/**
 * The administrative acts over HTTP: who did what to what, from where and when.
 */
@NullMarked
package dev.gatehouse.gateway.audit.web;

import org.jspecify.annotations.NullMarked;
