package dev.gatehouse.db;

/** What can be done to rows. */
enum Verb {
    SELECT,
    INSERT,
    UPDATE,
    DELETE
}
