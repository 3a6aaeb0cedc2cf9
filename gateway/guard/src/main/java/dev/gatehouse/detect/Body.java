package dev.gatehouse.detect;

import java.util.function.Consumer;

/** At least so many characters of an alphabet. */
final class Body extends Tail {

    private final Alphabet alphabet;
    private final int least;
    private int length;

    Body(Alphabet alphabet, int least, long at, Consumer<Finding> findings) {
        super(Kind.SECRETS, at, findings);
        this.alphabet = alphabet;
        this.least = least;
    }

    @Override
    Place next(int c) {
        if (!alphabet.has(c)) {
            return Place.AFTER;
        }
        length = Math.min(length + 1, least);
        return length == least ? Place.WITHIN : Place.PERHAPS;
    }
}
