/**
 * The OpenAI dialect: bytes to work, spans to bytes, errors in its own shape.
 */
@ApplicationModule(allowedDependencies = {"vocabulary", "access", "dialect", "catalog", "exchange", "edge"})
@NullMarked
package dev.gatehouse.gateway.openai;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
