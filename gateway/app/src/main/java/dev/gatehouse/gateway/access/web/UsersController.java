package dev.gatehouse.gateway.access.web;

import dev.gatehouse.gateway.access.Account;
import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.Users;
import dev.gatehouse.gateway.vocabulary.TenantId;
import dev.gatehouse.gateway.vocabulary.UserId;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
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
@RequestMapping(path = Rule.ROOT + "/users", produces = "application/json")
final class UsersController {

    private static final String NAME = "[a-z0-9][a-z0-9._@+-]{0,99}";

    private final Users users;

    UsersController(Users users) {
        this.users = users;
    }

    /** @param tenant the only one that the user sees; null for the whole installation */
    record UserBody(
            @NotNull
            @Pattern(
                    regexp = NAME,
                    message =
                            "take 1 to 100 lower-case letters, digits and . _ @ + -, beginning with a letter or a digit")
            String name,

            @NotNull RoleName role,
            @Nullable UUID tenant) {}

    record RoleBody(@NotNull RoleName role) {}

    /**
     * A user.
     *
     * @param tenant the only one that the user sees; null for the whole installation
     * @param lastSeen a minute inexact
     * @param hasPassword until one is set only a link signs the user in
     */
    record UserView(
            UUID id,
            String name,
            RoleName role,
            @Nullable UUID tenant,
            @Nullable String tenantName,
            Instant created,
            @Nullable Instant lastSeen,
            boolean hasPassword) {

        static UserView of(Account account) {
            return new UserView(
                    account.id().value(),
                    account.name(),
                    RoleName.of(account.role()),
                    account.tenant().map(TenantId::value).orElse(null),
                    account.tenantName().orElse(null),
                    account.created(),
                    account.lastSeen().orElse(null),
                    account.hasPassword());
        }
    }

    /**
     * A new user.
     *
     * @param link signs it in once, to set a password: {@code /console/#link=} and this
     * @param expires when the link is not good any more
     */
    record InvitationView(UserView user, String link, Instant expires) {

        static InvitationView of(Users.Invited invited) {
            return new InvitationView(
                    UserView.of(invited.user()),
                    invited.link().token().text(),
                    invited.link().expires());
        }
    }

    @GetMapping
    Listed<UserView> listUsers(
            @AuthenticationPrincipal Actor actor,
            @RequestParam Optional<UUID> tenant,
            @RequestParam Optional<String> name,
            @RequestParam Optional<String> cursor,
            @RequestParam(defaultValue = Listed.DEFAULT_LIMIT) int limit) {
        return Listed.of(
                users.list(actor, tenant.map(TenantId::new), name, Listed.paging(cursor, limit)), UserView::of);
    }

    @PostMapping(consumes = "application/json")
    @ResponseStatus(HttpStatus.CREATED)
    InvitationView createUser(@AuthenticationPrincipal Actor actor, @RequestBody @Valid UserBody body) {
        Optional<TenantId> tenant = Optional.ofNullable(body.tenant()).map(TenantId::new);
        return InvitationView.of(users.create(actor, body.name(), body.role().role(), tenant));
    }

    @GetMapping("/{id}")
    UserView getUser(@AuthenticationPrincipal Actor actor, @PathVariable UUID id) {
        return UserView.of(found(users.find(actor, new UserId(id))));
    }

    @PutMapping(path = "/{id}", consumes = "application/json")
    UserView changeUser(
            @AuthenticationPrincipal Actor actor, @PathVariable UUID id, @RequestBody @Valid RoleBody body) {
        return UserView.of(found(users.change(actor, new UserId(id), body.role().role())));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteUser(@AuthenticationPrincipal Actor actor, @PathVariable UUID id) {
        found(users.delete(actor, new UserId(id)));
    }

    /** A link by which a user signs in who has no password, or has forgotten it. */
    @PostMapping("/{id}/links")
    @ResponseStatus(HttpStatus.CREATED)
    LinkView makeUserLink(@AuthenticationPrincipal Actor actor, @PathVariable UUID id) {
        return LinkView.of(found(users.link(actor, new UserId(id))));
    }

    private static <T> T found(Optional<T> user) {
        return user.orElseThrow(() -> new NotFoundException("user"));
    }
}
