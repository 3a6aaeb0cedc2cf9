package dev.gatehouse.gateway.access.web;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.Tenant;
import dev.gatehouse.gateway.access.Tenants;
import dev.gatehouse.gateway.vocabulary.TenantId;
import jakarta.validation.Valid;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = Rule.ROOT + "/tenants", produces = "application/json")
final class TenantsController {

    private final Tenants tenants;

    TenantsController(Tenants tenants) {
        this.tenants = tenants;
    }

    record TenantView(UUID id, String name, Instant created) {

        static TenantView of(Tenant tenant) {
            return new TenantView(tenant.id().value(), tenant.name(), tenant.created());
        }
    }

    @PostMapping(consumes = "application/json")
    @ResponseStatus(HttpStatus.CREATED)
    TenantView createTenant(@AuthenticationPrincipal Actor actor, @RequestBody @Valid NameBody body) {
        return TenantView.of(tenants.create(actor, body.name()));
    }

    @GetMapping
    Listed<TenantView> listTenants(
            @AuthenticationPrincipal Actor actor,
            @RequestParam Optional<String> name,
            @RequestParam Optional<String> cursor,
            @RequestParam(defaultValue = Listed.DEFAULT_LIMIT) int limit) {
        return Listed.of(tenants.list(actor, name, Listed.paging(cursor, limit)), TenantView::of);
    }

    @GetMapping("/{id}")
    TenantView getTenant(@AuthenticationPrincipal Actor actor, @PathVariable UUID id) {
        return found(tenants.find(actor, new TenantId(id)));
    }

    @PutMapping(path = "/{id}", consumes = "application/json")
    TenantView renameTenant(
            @AuthenticationPrincipal Actor actor, @PathVariable UUID id, @RequestBody @Valid NameBody body) {
        return found(tenants.rename(actor, new TenantId(id), body.name()));
    }

    private static TenantView found(Optional<Tenant> tenant) {
        return tenant.map(TenantView::of).orElseThrow(() -> new NotFoundException("tenant"));
    }
}
