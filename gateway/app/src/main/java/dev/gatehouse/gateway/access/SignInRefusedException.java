package dev.gatehouse.gateway.access;

import org.springframework.security.core.AuthenticationException;

/** A sign-in was refused. Says the same of a name that does not exist as of a wrong password. */
public final class SignInRefusedException extends AuthenticationException {

    private static final long serialVersionUID = 1;

    private final boolean tooMany;

    SignInRefusedException(boolean tooMany) {
        super(
                tooMany
                        ? "Too many sign-ins have failed or are under way: try again in a minute."
                        : "The name or the password is wrong.");
        this.tooMany = tooMany;
    }

    private SignInRefusedException(String message) {
        super(message);
        this.tooMany = false;
    }

    /** The same of an unknown link as of one that was used or is over. */
    static SignInRefusedException ofLink() {
        return new SignInRefusedException(
                "The link is not good any more: each is good once, for a time. Ask for a new one.");
    }

    /** Whether waiting would help. */
    public boolean tooMany() {
        return tooMany;
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public Throwable fillInStackTrace() {
        return this;
    }
}
