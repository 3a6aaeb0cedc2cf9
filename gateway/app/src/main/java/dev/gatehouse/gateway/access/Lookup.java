package dev.gatehouse.gateway.access;

/** The answer to a look-up of a key. */
sealed interface Lookup {

    record Found(KeyRecord key) implements Lookup {}

    /** No such key. */
    enum Absent implements Lookup {
        ABSENT
    }
}
