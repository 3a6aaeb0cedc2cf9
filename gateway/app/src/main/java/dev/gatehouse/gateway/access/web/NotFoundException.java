package dev.gatehouse.gateway.access.web;

/** What a path names does not exist, or not for this user. */
final class NotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1;

    NotFoundException(String what) {
        super("There is no such " + what + ".", null, false, false);
    }
}
