package dev.gatehouse.gateway.database;

import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The gateway's own look-ups, over all tenants. */
public interface CoreDatabase {

    /**
     * Runs one statement, which commits by itself.
     *
     * @throws dev.gatehouse.gateway.vocabulary.Fault {@code DATABASE_UNAVAILABLE} when PostgreSQL cannot be reached
     */
    <T> T query(Function<JdbcClient, T> statement);

    /**
     * Runs the work in one transaction; an exception rolls it back.
     *
     * @throws dev.gatehouse.gateway.vocabulary.Fault {@code DATABASE_UNAVAILABLE} when PostgreSQL cannot be reached
     */
    <T> T transact(Function<JdbcClient, T> work);
}
