package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Administers API keys. As {@link Tenants}. A change is in force on all gateways within a second. */
public interface Keys {

    Duration LONGEST_GRACE = Duration.ofDays(30);

    /** A key with the only copy of its new secret: show it once. */
    record Issued(Key key, ApiKey secret) {}

    /** Which keys are wanted; empty for all. {@code name} is what names contain, in any case. */
    record Filter(
            Optional<TenantId> tenant, Optional<ProjectId> project, Optional<Key.State> state, Optional<String> name) {}

    /**
     * Makes a key.
     *
     * @throws RefusedException {@code MISSING} when there is no such project; {@code FORBIDDEN} when its user has no access to the project or to
     *     the models
     */
    Issued create(Actor actor, ProjectId project, Key.Properties properties);

    Optional<Key> find(Actor actor, KeyId id);

    /** Those that the user owns, the latest first; at most {@value Paging#MOST}. */
    List<Key> owned(Actor actor);

    Page<Key> list(Actor actor, Filter filter, Paging paging);

    /**
     * Replaces all that can be changed.
     *
     * @throws RefusedException {@code FORBIDDEN} as of {@link #create}; {@code FIXED} for a console key
     */
    Optional<Key> change(Actor actor, KeyId id, Key.Properties properties);

    /**
     * Gives a key a new secret. The one before stays good for the grace; one from an earlier rotation ends now.
     *
     * @param grace 0 to {@link #LONGEST_GRACE}
     * @throws RefusedException {@code OVER} when the key is revoked or has expired; {@code FIXED} for a console key
     */
    Optional<Issued> rotate(Actor actor, KeyId id, Duration grace);

    /** Ends a key for ever; one that is revoked already stays as it is. */
    Optional<Key> revoke(Actor actor, KeyId id);
}
