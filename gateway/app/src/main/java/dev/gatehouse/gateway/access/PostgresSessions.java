package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.database.CoreDatabase;
import dev.gatehouse.gateway.vocabulary.TenantId;
import dev.gatehouse.gateway.vocabulary.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;

/** The tables {@code sessions} and {@code sign_in_links}. */
final class PostgresSessions implements Sessions {

    private static final String BEGIN = """
            INSERT INTO sessions (digest, user_id, resets, expires_at) VALUES (:digest, :user, :resets, now() + interval '7 days')
            """;

    /** {@code stale}: its use was not written in the last minute. */
    private static final String FIND = """
            SELECT u.id, u.name, u.role, u.tenant, s.resets OR NOT u.has_password AS resets,
                   s.seen_at < now() - interval '1 minute' AS stale,
                   least(s.expires_at, CASE WHEN s.seen_at < now() - interval '1 minute' THEN now() ELSE s.seen_at END
                                       + interval '12 hours') AS expires
            FROM sessions s JOIN users u ON u.id = s.user_id
            WHERE s.digest = :digest AND s.expires_at > now() AND s.seen_at > now() - interval '12 hours'
            """;

    private static final String SEEN = """
            WITH used AS (UPDATE sessions SET seen_at = now() WHERE digest = :digest RETURNING user_id)
            UPDATE users SET seen_at = now() FROM used WHERE id = used.user_id
            """;

    private static final String USE_LINK = """
            DELETE FROM sign_in_links WHERE digest = :digest RETURNING user_id, resets, expires_at > now() AS good
            """;

    private static final String SWEEP_SESSIONS =
            "DELETE FROM sessions WHERE expires_at < now() OR seen_at < now() - interval '12 hours'";

    private final CoreDatabase core;
    private final PostgresSight sight;
    private final PasswordEncoder encoder;

    PostgresSessions(CoreDatabase core, PostgresSight sight, PasswordEncoder encoder) {
        this.core = core;
        this.sight = sight;
        this.encoder = encoder;
    }

    private record Use(UUID user, boolean resets, boolean good) {}

    private record Found(Session session, boolean stale) {}

    @Override
    public Session begin(Actor actor) {
        return sight.changeAll(client -> begun(client, user(actor).value(), false, actor.address(), "password"));
    }

    @Override
    public Session begin(Token link, String address) {
        return sight.changeAll(client ->
                        use(client, link).map(use -> begun(client, use.user(), use.resets(), address, "link")))
                .orElseThrow(SignInRefusedException::ofLink);
    }

    @Override
    public Optional<Session> find(Token token, String address) {
        Optional<Found> found = core.query(client -> row(client, token, address));
        if (found.isPresent() && found.get().stale()) {
            core.query(
                    client -> client.sql(SEEN).param("digest", token.digest()).update());
        }
        return found.map(Found::session);
    }

    @Override
    public void end(Token token) {
        core.query(client -> client.sql("DELETE FROM sessions WHERE digest = ?")
                .param(token.digest())
                .update());
    }

    @Override
    public Link link(Actor actor) {
        return core.query(client -> link(client, user(actor), false, OWN_LINK));
    }

    @Override
    public void changePassword(Actor actor, String password, Optional<Session> kept) {
        String encoded = String.valueOf(encoder.encode(password));
        UUID user = user(actor).value();
        byte[] digest = kept.map(Session::token).map(Token::digest).orElseGet(() -> new byte[0]);
        sight.changeAll(client -> {
            client.sql("UPDATE users SET password = ? WHERE id = ?")
                    .params(encoded, user)
                    .update();
            client.sql("DELETE FROM sessions WHERE user_id = ? AND digest <> ?")
                    .params(user, digest)
                    .update();
            client.sql("UPDATE sessions SET resets = false WHERE user_id = ?")
                    .param(user)
                    .update();
            client.sql("DELETE FROM sign_in_links WHERE user_id = ?")
                    .param(user)
                    .update();
            sight.tell(actor, actor.tenant(), "user.password", user, Optional.empty(), Optional.empty());
            return user;
        });
    }

    @Override
    public int sweep() {
        return sight.changeAll(client -> client.sql(SWEEP_SESSIONS).update()
                + client.sql("DELETE FROM sign_in_links WHERE expires_at < now()")
                        .update());
    }

    /** Makes a link in the caller's transaction. */
    static Link link(JdbcClient client, UserId user, boolean resets, Duration good) {
        Token token = Token.random();
        OffsetDateTime expires = OffsetDateTime.now(ZoneOffset.UTC).plus(good);
        client.sql("INSERT INTO sign_in_links (digest, user_id, resets, expires_at) VALUES (?, ?, ?, ?)")
                .params(token.digest(), user.value(), resets, expires)
                .update();
        return new Link(token, expires.toInstant());
    }

    private static Optional<Use> use(JdbcClient client, Token link) {
        return client.sql(USE_LINK)
                .param("digest", link.digest())
                .query((row, _) ->
                        new Use(PostgresSight.id(row, "user_id"), row.getBoolean("resets"), row.getBoolean("good")))
                .optional()
                .filter(Use::good);
    }

    private Session begun(JdbcClient client, UUID user, boolean resets, String address, String by) {
        Token token = Token.random();
        client.sql(BEGIN)
                .param("digest", token.digest())
                .param("user", user)
                .param("resets", resets)
                .update();
        client.sql(SEEN).param("digest", token.digest()).update();
        Session session = row(client, token, address).orElseThrow().session();
        sight.tell(
                session.actor(),
                session.actor().tenant(),
                "session.start",
                user,
                Optional.empty(),
                Optional.of(Map.of("by", by)));
        return session;
    }

    private static Optional<Found> row(JdbcClient client, Token token, String address) {
        return client.sql(FIND)
                .param("digest", token.digest())
                .query((row, _) -> new Found(session(row, token, address), row.getBoolean("stale")))
                .optional();
    }

    private static Session session(ResultSet row, Token token, String address) throws SQLException {
        Actor actor = new Actor(
                row.getString("name"),
                Role.of(row.getString("role")),
                Optional.ofNullable(PostgresSight.id(row, "tenant")).map(TenantId::new),
                address,
                Optional.of(new UserId(PostgresSight.id(row, "id"))));
        return new Session(token, actor, PostgresSight.time(row, "expires").orElseThrow(), row.getBoolean("resets"));
    }

    private static UserId user(Actor actor) {
        return actor.user().orElseThrow(() -> new IllegalArgumentException(actor.name() + " is no stored user"));
    }
}
