/** The administration of limits over HTTP, and how a key stands. */
@NullMarked
package dev.gatehouse.gateway.quota.web;

import org.jspecify.annotations.NullMarked;
