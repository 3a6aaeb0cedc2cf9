package dev.gatehouse.gateway.database;

import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The transaction that the calling thread is in, whoever began it: for what must be committed together with it. */
public interface OpenTransaction {

    /**
     * Runs the work in that transaction, as its role.
     *
     * @throws IllegalStateException when the thread is in none
     */
    <T> T join(Function<JdbcClient, T> work);
}
