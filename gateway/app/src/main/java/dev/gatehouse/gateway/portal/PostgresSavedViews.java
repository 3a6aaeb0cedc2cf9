package dev.gatehouse.gateway.portal;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.PostgresSight;
import dev.gatehouse.gateway.access.RefusedException;
import dev.gatehouse.gateway.vocabulary.TenantId;
import dev.gatehouse.gateway.vocabulary.UserId;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code saved_views}. */
@Component
final class PostgresSavedViews implements SavedViews {

    private static final int MOST_SHARED = 1_000;

    private static final String SEEN = """
            SELECT v.user_id, u.name AS owner, v.page, v.name, v.search, v.shared FROM saved_views v JOIN users u ON u.id = v.user_id
            WHERE (v.user_id = :user OR v.shared AND u.tenant IS NOT DISTINCT FROM :tenant::uuid)
              AND (:page::text IS NULL OR v.page = :page)
            ORDER BY v.user_id <> :user, lower(v.name), v.name, v.id LIMIT
            """ + (MOST + MOST_SHARED);

    private static final String SAVE = """
            INSERT INTO saved_views (user_id, page, name, search, shared)
            SELECT :user, :page, :name, :search, :shared
            WHERE (SELECT count(*) FROM saved_views WHERE user_id = :user AND (page, name) <> (:page, :name)) <\s""" + MOST + """

            ON CONFLICT (user_id, page, name)
                DO UPDATE SET search = excluded.search, shared = excluded.shared, saved_at = now()
            """;

    private final PostgresSight sight;

    PostgresSavedViews(PostgresSight sight) {
        this.sight = sight;
    }

    @Override
    public List<SavedView> of(Actor actor, Optional<String> page) {
        return sight.changeAll(client -> client.sql(SEEN)
                .param("user", user(actor))
                .param("tenant", actor.tenant().map(TenantId::value).orElse(null), Types.OTHER)
                .param("page", page.orElse(null), Types.VARCHAR)
                .query((row, _) -> new SavedView(
                        new UserId(PostgresSight.id(row, "user_id")),
                        row.getString("owner"),
                        row.getString("page"),
                        row.getString("name"),
                        row.getString("search"),
                        row.getBoolean("shared")))
                .list());
    }

    @Override
    public void save(Actor actor, String page, String name, String search, boolean shared) {
        int saved = sight.changeAll(client -> named(client, SAVE, actor, page, name)
                .param("search", search)
                .param("shared", shared)
                .update());
        if (saved == 0) {
            throw new RefusedException(
                    RefusedException.Why.FIXED, "You have %d views: delete one first.".formatted(MOST));
        }
    }

    @Override
    public void delete(Actor actor, String page, String name) {
        sight.changeAll(client -> named(
                        client,
                        "DELETE FROM saved_views WHERE user_id = :user AND page = :page AND name = :name",
                        actor,
                        page,
                        name)
                .update());
    }

    private static JdbcClient.StatementSpec named(
            JdbcClient client, String sql, Actor actor, String page, String name) {
        return client.sql(sql).param("user", user(actor)).param("page", page).param("name", name);
    }

    private static UUID user(Actor actor) {
        return actor.user()
                .orElseThrow(() -> new IllegalArgumentException(actor.name() + " is no stored user"))
                .value();
    }
}
