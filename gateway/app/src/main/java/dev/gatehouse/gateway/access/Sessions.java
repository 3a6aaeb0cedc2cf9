package dev.gatehouse.gateway.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Who is signed in. A session ends twelve hours after its last use, seven days after its beginning, and with its user. All gateways know all
 * sessions, and what a user may do is read anew each time. Every method throws a fault when the database is away.
 */
public interface Sessions {

    /** How long a link is good that a user makes for itself. */
    Duration OWN_LINK = Duration.ofHours(1);

    /** How long a link is good that one user makes for another. */
    Duration INVITATION = Duration.ofHours(24);

    /**
     * A link to sign in with, once.
     *
     * @param token shown this once
     */
    record Link(Token token, Instant expires) {}

    /** Begins one of a user who has shown a password. */
    Session begin(Actor actor);

    /**
     * Begins one by a link, which is used up.
     *
     * @throws SignInRefusedException when it is unknown, over or used
     */
    Session begin(Token link, String address);

    /** @param address where the user calls from */
    Optional<Session> find(Token token, String address);

    void end(Token token);

    /** Makes a link by which the user itself signs in, elsewhere. */
    Link link(Actor actor);

    /**
     * Sets the user's password; ends its sessions and its links.
     *
     * @param kept the session that goes on
     */
    void changePassword(Actor actor, String password, Optional<Session> kept);

    /** Forgets sessions and links that are over; returns how many. */
    int sweep();
}
