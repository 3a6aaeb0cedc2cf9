package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import dev.gatehouse.gateway.vocabulary.UserId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Who was granted what, and takes it back. As {@link Tenants}. */
public interface AccessGrants {

    /** Which grants are wanted; what is empty does not matter. */
    record Filter(Optional<TenantId> tenant, Optional<ProjectId> project, Optional<UserId> grantee) {}

    /**
     * What a key of the grantee loses with a grant.
     *
     * @param rest what it may still be used for; empty when that is nothing, and the key is revoked
     */
    record Loss(Key key, Optional<KeyScope> rest) {}

    /**
     * A grant with what goes when it is taken back.
     *
     * @param losses the grantee's keys of the project that may do more than the other grants permit
     */
    record Detail(AccessGrant grant, List<Loss> losses) {}

    Page<AccessGrant> list(Actor actor, Filter filter, Paging paging);

    Optional<Detail> find(Actor actor, UUID id);

    /**
     * Takes a grant back. What the grantee's keys of the project may do beyond its other grants goes with it, on all gateways: such a key is
     * narrowed, or revoked where nothing is left.
     */
    Optional<Detail> revoke(Actor actor, UUID id);
}
