package dev.gatehouse.gateway.access.web;

/** What a path names does not exist, or not for this user. */
public final class NotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** @param what a word for it */
    public NotFoundException(String what) {
        super("There is no such " + what + ".", null, false, false);
    }
}
