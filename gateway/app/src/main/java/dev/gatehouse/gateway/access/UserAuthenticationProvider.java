package dev.gatehouse.gateway.access;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Signs users in by name and password. A name that does not exist costs as much time as a wrong password. One password is checked at a time: a
 * check is some 100 ms of one processor, and requests for answers need the processors.
 */
final class UserAuthenticationProvider implements AuthenticationProvider {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final UserStore users;
    private final PasswordEncoder encoder;
    private final SignInLimit limit;
    private final String nobodys;
    private final Semaphore checking = new Semaphore(1, true);

    UserAuthenticationProvider(UserStore users, PasswordEncoder encoder, SignInLimit limit) {
        this.users = users;
        this.encoder = encoder;
        this.limit = limit;
        this.nobodys = encoder.encode("a password that nobody has");
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }

    @Override
    public Authentication authenticate(Authentication presented) {
        String name = presented.getName().toLowerCase(Locale.ROOT);
        String password = String.valueOf(presented.getCredentials());
        String address = presented.getDetails() instanceof WebAuthenticationDetails web ? web.getRemoteAddress() : "";
        Optional<User> user = users.find(name);
        String stored = user.flatMap(User::password).orElse(nobodys);
        return switch (limit.attempt(address, name, () -> matches(password, stored) && !stored.equals(nobodys))) {
            case GOOD -> signedIn(user.orElseThrow(), address);
            case BAD -> throw new SignInRefusedException(false);
            case TOO_MANY -> throw new SignInRefusedException(true);
        };
    }

    private boolean matches(String password, String stored) {
        try {
            if (!checking.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new SignInRefusedException(true);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SignInRefusedException(true);
        }
        try {
            return encoder.matches(password, stored);
        } finally {
            checking.release();
        }
    }

    private Authentication signedIn(User user, String address) {
        users.seen(user.id());
        return user.at(address).authentication();
    }
}
