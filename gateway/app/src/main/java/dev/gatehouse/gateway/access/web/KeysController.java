package dev.gatehouse.gateway.access.web;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.Key;
import dev.gatehouse.gateway.access.Keys;
import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
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
@RequestMapping(path = Rule.ROOT + "/keys", produces = "application/json")
final class KeysController {

    private static final long LONGEST_GRACE = 30L * 24 * 60 * 60;
    private static final Duration USUAL_GRACE = Duration.ofHours(24);

    private final Keys keys;

    KeysController(Keys keys) {
        this.keys = keys;
    }

    /** @param graceSeconds how long the secret before stays good; a day if it is missing */
    record RotateBody(@Nullable @Min(0) @Max(LONGEST_GRACE) Long graceSeconds) {

        Duration grace() {
            return graceSeconds == null ? USUAL_GRACE : Duration.ofSeconds(graceSeconds);
        }
    }

    /** What a key's state may be. */
    enum StateName {
        active,
        expired,
        revoked
    }

    @PostMapping(consumes = "application/json")
    @ResponseStatus(HttpStatus.CREATED)
    KeyView.IssuedKey createKey(@AuthenticationPrincipal Actor actor, @RequestBody @Valid KeyBody.NewKey body) {
        return KeyView.IssuedKey.of(keys.create(actor, new ProjectId(body.project()), body.properties()));
    }

    @GetMapping
    Listed<KeyView> listKeys(
            @AuthenticationPrincipal Actor actor,
            @RequestParam Optional<UUID> tenant,
            @RequestParam Optional<UUID> project,
            @RequestParam Optional<StateName> state,
            @RequestParam Optional<String> name,
            @RequestParam Optional<String> cursor,
            @RequestParam(defaultValue = Listed.DEFAULT_LIMIT) int limit) {
        Keys.Filter filter = new Keys.Filter(
                tenant.map(TenantId::new),
                project.map(ProjectId::new),
                state.map(one -> Key.State.valueOf(one.name().toUpperCase(Locale.ROOT))),
                name);
        return Listed.of(keys.list(actor, filter, Listed.paging(cursor, limit)), KeyView::of);
    }

    @GetMapping("/{id}")
    KeyView getKey(@AuthenticationPrincipal Actor actor, @PathVariable UUID id) {
        return found(keys.find(actor, new KeyId(id)).map(KeyView::of));
    }

    @PutMapping(path = "/{id}", consumes = "application/json")
    KeyView changeKey(
            @AuthenticationPrincipal Actor actor, @PathVariable UUID id, @RequestBody @Valid KeyBody.ChangedKey body) {
        return found(keys.change(actor, new KeyId(id), body.properties()).map(KeyView::of));
    }

    @PostMapping(path = "/{id}/rotate", consumes = "application/json")
    KeyView.IssuedKey rotateKey(
            @AuthenticationPrincipal Actor actor, @PathVariable UUID id, @RequestBody @Valid RotateBody body) {
        return found(keys.rotate(actor, new KeyId(id), body.grace()).map(KeyView.IssuedKey::of));
    }

    /** A revoked key can still be seen. */
    @DeleteMapping("/{id}")
    KeyView revokeKey(@AuthenticationPrincipal Actor actor, @PathVariable UUID id) {
        return found(keys.revoke(actor, new KeyId(id)).map(KeyView::of));
    }

    private static <T> T found(Optional<T> key) {
        return key.orElseThrow(() -> new NotFoundException("key"));
    }
}
