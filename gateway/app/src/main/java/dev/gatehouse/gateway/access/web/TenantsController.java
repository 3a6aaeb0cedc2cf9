package dev.gatehouse.gateway.access.web;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.Tenant;
import dev.gatehouse.gateway.access.Tenants;
import dev.gatehouse.gateway.vocabulary.TenantId;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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

    /** @param timeZone by whose calendar its days, months and quarters begin, such as {@code Europe/Berlin}; as it is if it is missing */
    record TenantBody(
            @NotBlank @Size(max = 200) String name,
            @Nullable String timeZone) {}

    record TenantView(UUID id, String name, String timeZone, Instant created) {

        static TenantView of(Tenant tenant) {
            return new TenantView(
                    tenant.id().value(), tenant.name(), tenant.zone().getId(), tenant.created());
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
    TenantView changeTenant(
            @AuthenticationPrincipal Actor actor, @PathVariable UUID id, @RequestBody @Valid TenantBody body) {
        TenantId tenant = new TenantId(id);
        String zone = body.timeZone();
        return found(
                zone == null
                        ? tenants.rename(actor, tenant, body.name())
                        : InvalidException.reading(
                                "timeZone", () -> tenants.change(actor, tenant, body.name(), zone(zone))));
    }

    private static ZoneId zone(String name) {
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
            throw new IllegalArgumentException(
                    "'%s' is no time zone: name a region, such as Europe/Berlin".formatted(name));
        }
        return ZoneId.of(name);
    }

    private static TenantView found(Optional<Tenant> tenant) {
        return tenant.map(TenantView::of).orElseThrow(() -> new NotFoundException("tenant"));
    }
}
