package dev.gatehouse.gateway.audit.web;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.web.Listed;
import dev.gatehouse.gateway.access.web.Rule;
import dev.gatehouse.gateway.audit.Acts;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@RestController
@RequestMapping(path = Rule.ROOT + "/acts", produces = "application/json")
final class ActsController {

    private final Acts acts;

    ActsController(Acts acts) {
        this.acts = acts;
    }

    /**
     * An act as auditors see it.
     *
     * @param tenant whose affair it is; null: the installation's
     * @param address where the actor called from; empty: an act of the gateway itself
     * @param before as the target was; null: it was made
     * @param after as it is; null: it is gone
     */
    record ActView(
            UUID id,
            @Nullable UUID tenant,
            @Nullable String tenantName,
            String actor,
            String address,
            String what,
            UUID target,
            @Nullable JsonNode before,
            @Nullable JsonNode after,
            Instant at) {

        static ActView of(Acts.Done act) {
            return new ActView(
                    act.id(),
                    act.tenant().map(TenantId::value).orElse(null),
                    act.tenantName().orElse(null),
                    act.actor(),
                    act.address(),
                    act.what(),
                    act.target(),
                    json(act.before()),
                    json(act.after()),
                    act.at());
        }

        private static @Nullable JsonNode json(Optional<String> state) {
            return state.map(JsonMapper.shared()::readTree).orElse(null);
        }
    }

    /** The latest first. {@code what} is an act, such as {@code key.revoke}, or a thing, such as {@code key}. */
    @GetMapping
    Listed<ActView> listActs(
            @AuthenticationPrincipal Actor actor,
            @RequestParam Optional<UUID> tenant,
            @RequestParam("actor") Optional<String> by,
            @RequestParam Optional<String> what,
            @RequestParam Optional<UUID> target,
            @RequestParam Optional<Instant> from,
            @RequestParam Optional<Instant> until,
            @RequestParam Optional<String> cursor,
            @RequestParam(defaultValue = Listed.DEFAULT_LIMIT) int limit) {
        Acts.Filter filter = new Acts.Filter(tenant.map(TenantId::new), by, what, target, from, until);
        return Listed.of(acts.list(actor, filter, Listed.paging(cursor, limit)), ActView::of);
    }
}
