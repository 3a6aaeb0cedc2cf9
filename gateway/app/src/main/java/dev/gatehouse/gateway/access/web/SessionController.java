package dev.gatehouse.gateway.access.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.NewPassword;
import dev.gatehouse.gateway.access.Scope;
import dev.gatehouse.gateway.access.Session;
import dev.gatehouse.gateway.access.Sessions;
import dev.gatehouse.gateway.access.SignInRefusedException;
import dev.gatehouse.gateway.access.Tenant;
import dev.gatehouse.gateway.access.Tenants;
import dev.gatehouse.gateway.access.Token;
import dev.gatehouse.gateway.vocabulary.TenantId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Signing in and out, for browsers. */
@RestController
@RequestMapping(path = SessionController.PATH, produces = "application/json")
final class SessionController {

    static final String PATH = Rule.ROOT + "/session";

    private final Sessions sessions;
    private final Tenants tenants;
    private final AuthenticationProvider users;
    private final CsrfCookie csrf;
    private final Currency currency;

    SessionController(
            Sessions sessions,
            Tenants tenants,
            @Qualifier("userAuthentication") AuthenticationProvider users,
            CsrfCookie csrf,
            Currency currency) {
        this.sessions = sessions;
        this.tenants = tenants;
        this.users = users;
        this.csrf = csrf;
        this.currency = currency;
    }

    /**
     * A name and a password, or a link alone.
     *
     * @param link what follows {@code #link=} in it
     */
    record SignInBody(
            @Nullable String name,
            @Nullable String password,
            @Nullable String link) {}

    /** @param old the present password; null where none is set, or after signing in by the link of another user */
    record PasswordBody(
            @Nullable String old,
            @JsonProperty("new") @NotNull String password) {}

    /**
     * Who is signed in.
     *
     * @param tenant the only one that the user sees; null for the whole installation
     * @param scopes what the user may do
     * @param currency of all amounts of money (ISO 4217)
     * @param mustSetPassword there is none, or it was forgotten: the user sets one without giving the old one
     * @param expires when the session ends if it is not used any more; null with HTTP Basic
     */
    record SessionView(
            String name,
            RoleName role,
            @Nullable UUID tenant,
            @Nullable String tenantName,
            List<Scope> scopes,
            String currency,
            boolean mustSetPassword,
            @Nullable Instant expires) {}

    @PostMapping(consumes = "application/json")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void signIn(@RequestBody @Valid SignInBody body, HttpServletRequest request, HttpServletResponse response) {
        Session session = begun(body, request);
        SessionCookie.read(request).ifPresent(sessions::end);
        SessionCookie.set(request, response, session.token());
        csrf.renew(request, response);
    }

    @GetMapping
    SessionView getSession(@AuthenticationPrincipal Actor actor, HttpServletRequest request) {
        Optional<Session> session = SessionContexts.of(request);
        return new SessionView(
                actor.name(),
                RoleName.of(actor.role()),
                actor.tenant().map(TenantId::value).orElse(null),
                actor.tenant()
                        .flatMap(id -> tenants.find(actor, id))
                        .map(Tenant::name)
                        .orElse(null),
                actor.role().scopes().stream().sorted().toList(),
                currency.getCurrencyCode(),
                session.map(Session::resets).orElse(false),
                session.map(Session::expires).orElse(null));
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void signOut(HttpServletRequest request, HttpServletResponse response) {
        SessionCookie.read(request).ifPresent(sessions::end);
        SessionCookie.clear(request, response);
        csrf.clear(request, response);
    }

    @PutMapping(path = "/password", consumes = "application/json")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void changePassword(
            @AuthenticationPrincipal Actor actor, @RequestBody @Valid PasswordBody body, HttpServletRequest request) {
        Optional<Session> session = SessionContexts.of(request);
        if (!NewPassword.isGood(body.password())) {
            throw new InvalidException("new: take a password of " + NewPassword.RULE);
        }
        if (!session.map(Session::resets).orElse(false)) {
            requireOld(actor.name(), body.old(), request);
        }
        sessions.changePassword(actor, body.password(), session);
    }

    @PostMapping("/links")
    @ResponseStatus(HttpStatus.CREATED)
    LinkView makeLink(@AuthenticationPrincipal Actor actor) {
        return LinkView.of(sessions.link(actor));
    }

    private Session begun(SignInBody body, HttpServletRequest request) {
        String link = body.link();
        String name = body.name();
        String password = body.password();
        if (link != null && name == null && password == null) {
            return sessions.begin(new Token(link), request.getRemoteAddr());
        }
        if (link == null && name != null && password != null) {
            return sessions.begin(authenticated(name, password, request));
        }
        throw new InvalidException("give a name and a password, or a link alone");
    }

    private Actor authenticated(String name, String password, HttpServletRequest request) {
        UsernamePasswordAuthenticationToken presented =
                UsernamePasswordAuthenticationToken.unauthenticated(name, password);
        presented.setDetails(new WebAuthenticationDetails(request.getRemoteAddr(), null));
        Authentication authentication = users.authenticate(presented);
        if (authentication != null && authentication.getPrincipal() instanceof Actor actor) {
            return actor;
        }
        throw new IllegalStateException("users are signed in as actors");
    }

    private void requireOld(String name, @Nullable String old, HttpServletRequest request) {
        try {
            authenticated(name, old == null ? "" : old, request);
        } catch (SignInRefusedException refused) {
            if (refused.tooMany()) {
                throw refused;
            }
            throw new InvalidException("old: give your present password");
        }
    }
}
