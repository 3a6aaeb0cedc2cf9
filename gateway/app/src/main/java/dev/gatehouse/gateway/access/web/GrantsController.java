package dev.gatehouse.gateway.access.web;

import dev.gatehouse.gateway.access.AccessGrant;
import dev.gatehouse.gateway.access.AccessGrants;
import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.KeyScope;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import dev.gatehouse.gateway.vocabulary.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = Rule.ROOT + "/grants", produces = "application/json")
final class GrantsController {

    private final AccessGrants grants;

    GrantsController(AccessGrants grants) {
        this.grants = grants;
    }

    /**
     * A user may make keys for models of a project.
     *
     * @param userName null where the reader does not see the user
     * @param model null for all
     * @param grantedBy who granted it last
     */
    record GrantView(
            UUID id,
            UUID tenant,
            UUID project,
            String projectName,
            UUID user,
            @Nullable String userName,
            @Nullable String model,
            String grantedBy,
            Instant granted) {

        static GrantView of(AccessGrant grant) {
            return new GrantView(
                    grant.id(),
                    grant.tenant().value(),
                    grant.project().value(),
                    grant.projectName(),
                    grant.grantee().value(),
                    grant.granteeName().orElse(null),
                    grant.model().map(ModelName::value).orElse(null),
                    grant.by(),
                    grant.at());
        }
    }

    /**
     * What a key of the user loses with the grant.
     *
     * @param keeps the models that it may still be used for; null when the key is revoked
     */
    record LossView(UUID key, String name, @Nullable List<String> keeps) {

        static LossView of(AccessGrants.Loss loss) {
            return new LossView(
                    loss.key().id().value(),
                    loss.key().name(),
                    loss.rest()
                            .flatMap(KeyScope::models)
                            .map(some ->
                                    some.stream().map(ModelName::value).sorted().toList())
                            .orElse(null));
        }
    }

    /** A grant, and what goes with it when it is taken back. */
    record GrantDetailView(GrantView grant, List<LossView> losses) {

        static GrantDetailView of(AccessGrants.Detail detail) {
            return new GrantDetailView(
                    GrantView.of(detail.grant()),
                    detail.losses().stream().map(LossView::of).toList());
        }
    }

    @GetMapping
    Listed<GrantView> listGrants(
            @AuthenticationPrincipal Actor actor,
            @RequestParam Optional<UUID> tenant,
            @RequestParam Optional<UUID> project,
            @RequestParam Optional<UUID> user,
            @RequestParam Optional<String> cursor,
            @RequestParam(defaultValue = Listed.DEFAULT_LIMIT) int limit) {
        AccessGrants.Filter filter =
                new AccessGrants.Filter(tenant.map(TenantId::new), project.map(ProjectId::new), user.map(UserId::new));
        return Listed.of(grants.list(actor, filter, Listed.paging(cursor, limit)), GrantView::of);
    }

    @GetMapping("/{id}")
    GrantDetailView getGrant(@AuthenticationPrincipal Actor actor, @PathVariable UUID id) {
        return found(grants.find(actor, id));
    }

    /** Takes it back, on all gateways at once; answers with what went. */
    @DeleteMapping("/{id}")
    GrantDetailView revokeGrant(@AuthenticationPrincipal Actor actor, @PathVariable UUID id) {
        return found(grants.revoke(actor, id));
    }

    private static GrantDetailView found(Optional<AccessGrants.Detail> grant) {
        return grant.map(GrantDetailView::of).orElseThrow(() -> new NotFoundException("grant"));
    }
}
