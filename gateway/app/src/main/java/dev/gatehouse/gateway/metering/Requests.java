package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.Page;
import dev.gatehouse.gateway.access.Paging;
import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.time.Instant;
import java.util.Optional;

/** What became of requests, and what they used. */
public interface Requests {

    /**
     * Which requests are wanted.
     *
     * @param kind how they ended, as the database names it
     * @param from those that arrived at this moment or later
     * @param until those that arrived before this moment
     */
    record Filter(
            Optional<TenantId> tenant,
            Optional<ProjectId> project,
            Optional<KeyId> key,
            Optional<ModelName> model,
            Optional<String> kind,
            Instant from,
            Instant until) {}

    /**
     * Those that have ended, the latest first. Paging goes by the time of arrival.
     *
     * @throws dev.gatehouse.gateway.vocabulary.Fault {@code DATABASE_UNAVAILABLE} when PostgreSQL cannot be reached
     */
    Page<EndedRequest> list(Actor actor, Filter filter, Paging paging);
}
