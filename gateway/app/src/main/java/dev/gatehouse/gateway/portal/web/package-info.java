/**
 * What users see of their own, over HTTP.
 */
@NullMarked
package dev.gatehouse.gateway.portal.web;

import org.jspecify.annotations.NullMarked;
