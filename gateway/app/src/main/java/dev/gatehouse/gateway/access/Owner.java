package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.UserId;
import java.util.Optional;

/**
 * A user whose something is.
 *
 * @param id empty once the user is gone
 */
public record Owner(Optional<UserId> id, String name) {}
