package dev.gatehouse.worker.engine;

/**
 * Tokens by class.
 *
 * @param prompt all tokens of the prompt, cached ones included
 * @param cached those of the prompt that were not computed again
 * @param completion all tokens generated, those of all choices, reasoning and the end token included
 * @param reasoning those of the completion that are thinking, its markers included
 */
public record Usage(int prompt, int cached, int completion, int reasoning) {}
