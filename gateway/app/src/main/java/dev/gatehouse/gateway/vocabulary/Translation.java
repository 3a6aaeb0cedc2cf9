package dev.gatehouse.gateway.vocabulary;

/** Turns requests of one dialect into another's, for upstreams that speak only that; a bean of the dialect's room. */
public interface Translation {

    Dialect from();

    Dialect to();

    /**
     * Translates a request that its dialect has read and accepted.
     *
     * @param body the request with its edits; not modified
     */
    byte[] translate(byte[] body);
}
