package dev.gatehouse.detect;

import java.util.function.Consumer;

/**
 * A private key in PEM (RFC 7468) or OpenPGP armor: within {@value #HEADERS} characters after the line that says so a row of at least
 * {@value #ROW} base64 characters, and those that follow, with line ends or spaces between, up to the line that ends it.
 */
final class PrivateKey extends Tail {

    /** Characters after the line in which a key may begin. */
    private static final int HEADERS = 512;

    private static final int ROW = 40;

    /** Between the rows: line ends, also as a program's source or a file of variables writes them. */
    private static final Alphabet BETWEEN = Alphabet.of(" \t\r\n\\nr");

    /** Most characters between two rows. */
    private static final int GAP = 64;

    private int left = HEADERS;
    private int row;
    private int gap;
    private boolean escaped;

    PrivateKey(long at, Consumer<Finding> findings) {
        super(Kind.SECRETS, at, findings);
    }

    @Override
    void again() {
        if (row < ROW) {
            left = HEADERS;
        }
    }

    @Override
    Place next(int c) {
        boolean letter = Alphabet.BASE64.has(c) && !escaped;
        escaped = c == '\\';
        if (row >= ROW) {
            return key(letter, c);
        }
        row = letter ? row + 1 : 0;
        if (row == 0) {
            return --left > 0 ? Place.BESIDE : Place.AFTER;
        }
        left--;
        return row < ROW ? Place.PERHAPS : Place.WITHIN;
    }

    private Place key(boolean letter, int c) {
        if (letter) {
            gap = 0;
            return Place.WITHIN;
        }
        return BETWEEN.has(c) && ++gap <= GAP ? Place.PERHAPS : Place.AFTER;
    }
}
