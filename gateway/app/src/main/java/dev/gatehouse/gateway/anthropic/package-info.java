/**
 * The Anthropic dialect: messages and counts of their tokens, answers as content blocks, errors in its own shape.
 */
@ApplicationModule(allowedDependencies = {"vocabulary", "access", "dialect", "catalog", "exchange", "edge"})
@NullMarked
package dev.gatehouse.gateway.anthropic;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
