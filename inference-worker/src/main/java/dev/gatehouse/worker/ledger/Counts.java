package dev.gatehouse.worker.ledger;

/**
 * Tokens of an exchange by class, each at least 0.
 *
 * @param prompt all tokens of the prompt, cached ones included
 * @param cached those of the prompt that were not computed again
 * @param completion all tokens generated
 * @param reasoning those of the completion that are thinking
 */
public record Counts(int prompt, int cached, int completion, int reasoning) {

    public static final Counts NONE = new Counts(0, 0, 0, 0);
}
