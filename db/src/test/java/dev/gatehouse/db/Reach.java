package dev.gatehouse.db;

/** Whose rows a verb reaches. */
enum Reach {
    /** The statement is refused. */
    REFUSED,
    /** The statement is allowed and a trigger stops it. */
    STOPPED,
    /** The statement is allowed and reaches no row. */
    NONE,
    /** The rows of the transaction's tenant. */
    OWN,
    ALL;

    /** As the matrix writes it: a capital letter reaches all rows, a small one the tenant's own, 0 none; a hyphen is a refusal, ! a trigger's. */
    static Reach of(char cell) {
        return switch (cell) {
            case '-' -> REFUSED;
            case '!' -> STOPPED;
            case '0' -> NONE;
            default -> Character.isUpperCase(cell) ? ALL : OWN;
        };
    }
}
