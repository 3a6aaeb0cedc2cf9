package dev.gatehouse.gateway.catalog;

import java.util.List;

/** Every model that can be asked for, for administrators. */
public interface Models {

    /** @throws dev.gatehouse.gateway.vocabulary.Fault {@code DATABASE_UNAVAILABLE} when PostgreSQL is away */
    List<Model> all();
}
