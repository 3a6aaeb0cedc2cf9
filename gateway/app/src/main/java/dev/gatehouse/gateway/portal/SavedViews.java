package dev.gatehouse.gateway.portal;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.RefusedException;
import java.util.List;
import java.util.Optional;

/** Keeps the views that users have saved. Every method throws a {@code DATABASE_UNAVAILABLE} fault when PostgreSQL is away. */
public interface SavedViews {

    /** Most views of a user. */
    int MOST = 200;

    /**
     * Those that the user has saved, and those that its colleagues share, by name.
     *
     * @param page the only one; empty for all
     */
    List<SavedView> of(Actor actor, Optional<String> page);

    /**
     * Saves a view, in the place of the user's view of that name and page.
     *
     * @throws RefusedException {@code FIXED} when the user has {@value #MOST} others
     */
    void save(Actor actor, String page, String name, String search, boolean shared);

    /** Deletes the user's view of that name, if there is one. */
    void delete(Actor actor, String page, String name);
}
