package dev.gatehouse.detect;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds International Bank Account Numbers: a country's code, and after it two check digits and an account number of the length and the
 * shape of that country, in which one separator may stand between any two characters, with the right remainder. The code passes, so that nothing
 * is held of a word that ends like one.
 */
final class Ibans implements Detector {

    /** Two letters and a digit of each begin in at most 33 characters that are undecided. */
    private static final int MOST_OPEN = 12;

    private final Consumer<Finding> findings;
    private final Iban[] open = new Iban[MOST_OPEN];
    private int size;

    Ibans(Consumer<Finding> findings) {
        this.findings = findings;
        for (int i = 0; i < MOST_OPEN; i++) {
            open[i] = new Iban();
        }
    }

    /** Whether any goes on; else only digits need be taken, by {@link #begin}. */
    boolean open() {
        return size > 0;
    }

    /** A digit follows these characters: perhaps the first check digit after a country's code; to be taken after this. */
    void begin(int first, int second, long at) {
        @Nullable String account = AccountNumbers.of(first, second);
        if (account != null) {
            open[size++].begin(account, first, second, at);
        }
    }

    @Override
    public void take(int codePoint, long from, long to) {
        int left = 0;
        for (int i = 0; i < size; i++) {
            Iban iban = open[i];
            switch (iban.take(codePoint)) {
                case OPEN -> {
                    open[i] = open[left];
                    open[left++] = iban;
                }
                case WHOLE -> findings.accept(new Finding(Kind.IBANS, iban.from(), to, iban.mask()));
                case BROKEN -> {}
            }
        }
        size = left;
    }

    @Override
    public void end() {
        size = 0;
    }

    @Override
    public long settled(long position) {
        return size == 0 ? position : open[0].from();
    }
}
