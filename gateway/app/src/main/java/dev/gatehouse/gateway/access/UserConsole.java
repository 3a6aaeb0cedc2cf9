package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** Signs users in at the data plane, by the same sessions and the same provider as servlets do. */
final class UserConsole implements Console {

    static final Problem NOT_SIGNED_IN = Problem.of(
            Code.NOT_SIGNED_IN,
            "Nobody is signed in: sign in to the console, or send the name and the password of a user (HTTP Basic).");
    static final Problem OTHER_SITE =
            Problem.of(Code.NOT_PERMITTED, "A page of another site sent this: send it from the console.");
    static final Problem NO_CSRF = Problem.of(
            Code.NOT_PERMITTED, "Send the value of the cookie " + CSRF_COOKIE + " as the header '" + CSRF + "'.");
    static final Problem NO_PLAYGROUND =
            Problem.of(Code.NOT_PERMITTED, "Your role may not use the playground: ask an owner.");

    private final AuthenticationProvider users;
    private final Sessions sessions;
    private final ConsoleKeys keys;
    private final RefusalCounts refusals;

    UserConsole(AuthenticationProvider users, Sessions sessions, ConsoleKeys keys, MeterRegistry meters) {
        this.users = users;
        this.sessions = sessions;
        this.keys = keys;
        this.refusals = new RefusalCounts(meters);
    }

    @Override
    public Optional<Problem> precheck(Presented presented) {
        return wrong(presented).map(refusals::counted);
    }

    private static Optional<Problem> wrong(Presented presented) {
        if (!FetchSite.isOurs(presented.site())) {
            return Optional.of(OTHER_SITE);
        }
        if (token(presented).isPresent()) {
            return meant(presented) ? Optional.empty() : Optional.of(NO_CSRF);
        }
        return basic(presented).isPresent() ? Optional.empty() : Optional.of(NOT_SIGNED_IN);
    }

    private static Optional<Token> token(Presented presented) {
        return Optional.ofNullable(presented.cookies().get(Token.cookie(presented.secure())))
                .flatMap(Token::presented);
    }

    /** The header repeats the cookie, which pages of other sites cannot read. */
    private static boolean meant(Presented presented) {
        String cookie = presented.cookies().getOrDefault(CSRF_COOKIE, "");
        String header = presented.csrf().orElse("");
        return !cookie.isEmpty()
                && MessageDigest.isEqual(
                        cookie.getBytes(StandardCharsets.UTF_8), header.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Identity identify(Presented presented) {
        try {
            Actor actor = actor(presented);
            Caller caller = keys.caller(actor, project(presented));
            return new Identity.Known(caller);
        } catch (SignInRefusedException refused) {
            return unknown(problem(refused));
        } catch (KeyRefusedException refused) {
            return unknown(refused.problem());
        }
    }

    private Actor actor(Presented presented) {
        String address = presented.address().getHostAddress();
        Actor actor = token(presented)
                .flatMap(token -> sessions.find(token, address))
                .map(Session::actor)
                .or(() -> basic(presented).map(basic -> signedIn(basic, address)))
                .orElseThrow(() -> new KeyRefusedException(NOT_SIGNED_IN));
        if (!actor.usesModels()) {
            throw new KeyRefusedException(NO_PLAYGROUND);
        }
        return actor;
    }

    private Actor signedIn(Basic basic, String address) {
        UsernamePasswordAuthenticationToken asked =
                UsernamePasswordAuthenticationToken.unauthenticated(basic.name(), basic.password());
        asked.setDetails(new WebAuthenticationDetails(address, null));
        Authentication signedIn = users.authenticate(asked);
        if (signedIn != null && signedIn.getPrincipal() instanceof Actor actor) {
            return actor;
        }
        throw new IllegalStateException("users are signed in as actors");
    }

    private static Optional<Basic> basic(Presented presented) {
        return presented.authorization().flatMap(Basic::read);
    }

    private static Optional<ProjectId> project(Presented presented) {
        try {
            return presented.project().map(text -> new ProjectId(UUID.fromString(text.strip())));
        } catch (IllegalArgumentException malformed) {
            throw new KeyRefusedException(Problem.at(
                    Code.INVALID_VALUE, PROJECT, "The header '" + PROJECT + "' is no id: take it from GET /projects."));
        }
    }

    private Identity unknown(Problem why) {
        return new Identity.Unknown(refusals.counted(why));
    }

    private static Problem problem(SignInRefusedException refused) {
        return refused.tooMany()
                ? Problem.later(Code.TOO_MANY_SIGN_INS, Duration.ofMinutes(1), String.valueOf(refused.getMessage()))
                : Problem.of(Code.NOT_SIGNED_IN, String.valueOf(refused.getMessage()));
    }
}
