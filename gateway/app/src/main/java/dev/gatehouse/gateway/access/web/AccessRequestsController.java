package dev.gatehouse.gateway.access.web;

import dev.gatehouse.gateway.access.AccessRequest;
import dev.gatehouse.gateway.access.AccessRequests;
import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.UserId;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = Rule.ROOT + "/access-requests", produces = "application/json")
final class AccessRequestsController {

    private final AccessRequests requests;

    AccessRequestsController(AccessRequests requests) {
        this.requests = requests;
    }

    /** @param model the only one that is asked for; all of the project if it is missing */
    record AskBody(
            @NotNull UUID project,
            @Nullable String model,
            @NotBlank @Size(max = 2000) String reason) {}

    record DecisionBody(@Nullable @Size(max = 2000) String note) {}

    /** How a request stands. */
    enum AccessStateName {
        open,
        approved,
        declined
    }

    /**
     * A request for access.
     *
     * @param model null for all models of the project
     * @param asker null once the user is gone
     * @param decided when; null while it is open
     */
    record AccessRequestView(
            UUID id,
            UUID tenant,
            UUID project,
            String projectName,
            @Nullable String model,
            @Nullable UUID asker,
            String askerName,
            String reason,
            AccessStateName state,
            Instant created,
            @Nullable Instant decided,
            @Nullable String decidedBy,
            @Nullable String note) {

        static AccessRequestView of(AccessRequest request) {
            return new AccessRequestView(
                    request.id(),
                    request.tenant().value(),
                    request.project().value(),
                    request.projectName(),
                    request.model().map(ModelName::value).orElse(null),
                    request.asker().id().map(UserId::value).orElse(null),
                    request.asker().name(),
                    request.reason(),
                    AccessStateName.valueOf(request.state().name().toLowerCase(Locale.ROOT)),
                    request.created(),
                    request.decision().map(AccessRequest.Decision::at).orElse(null),
                    request.decision().map(AccessRequest.Decision::by).orElse(null),
                    request.decision().flatMap(AccessRequest.Decision::note).orElse(null));
        }
    }

    @PostMapping(consumes = "application/json")
    @ResponseStatus(HttpStatus.CREATED)
    AccessRequestView askForAccess(@AuthenticationPrincipal Actor actor, @RequestBody @Valid AskBody body) {
        Optional<ModelName> model = Optional.ofNullable(body.model())
                .map(name -> InvalidException.reading("model", () -> new ModelName(name)));
        return AccessRequestView.of(requests.ask(actor, new ProjectId(body.project()), model, body.reason()));
    }

    /** A developer's own; the tenant's for who decides. */
    @GetMapping
    Listed<AccessRequestView> listAccessRequests(
            @AuthenticationPrincipal Actor actor,
            @RequestParam Optional<AccessStateName> state,
            @RequestParam Optional<String> cursor,
            @RequestParam(defaultValue = Listed.DEFAULT_LIMIT) int limit) {
        Optional<AccessRequest.State> wanted =
                state.map(one -> AccessRequest.State.valueOf(one.name().toUpperCase(Locale.ROOT)));
        return Listed.of(requests.list(actor, wanted, Listed.paging(cursor, limit)), AccessRequestView::of);
    }

    /** Grants what was asked for. */
    @PostMapping(path = "/{id}/approve", consumes = "application/json")
    AccessRequestView approveAccess(
            @AuthenticationPrincipal Actor actor, @PathVariable UUID id, @RequestBody @Valid DecisionBody body) {
        return found(requests.approve(actor, id, Optional.ofNullable(body.note())));
    }

    @PostMapping(path = "/{id}/decline", consumes = "application/json")
    AccessRequestView declineAccess(
            @AuthenticationPrincipal Actor actor, @PathVariable UUID id, @RequestBody @Valid DecisionBody body) {
        return found(requests.decline(actor, id, Optional.ofNullable(body.note())));
    }

    private static AccessRequestView found(Optional<AccessRequest> request) {
        return request.map(AccessRequestView::of).orElseThrow(() -> new NotFoundException("access request"));
    }
}
