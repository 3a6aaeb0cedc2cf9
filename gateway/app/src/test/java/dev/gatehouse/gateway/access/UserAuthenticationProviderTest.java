package dev.gatehouse.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.crypto.password.PasswordEncoder;

final class UserAuthenticationProviderTest {

    private final Map<String, User> users = new HashMap<>();
    private final List<String> checked = new ArrayList<>();
    private final UserAuthenticationProvider provider =
            new UserAuthenticationProvider(new Users(), new Counting(), new SignInLimit(() -> 0));

    @Test
    void signsAUserInWithTheScopesOfTheRole() {
        users.put("ann", new User("ann", Role.BILLING, Optional.empty(), "hash of right"));
        Authentication signedIn = signIn("Ann", "right");
        assertThat(signedIn.getPrincipal()).isEqualTo(new Actor("ann", Role.BILLING, Optional.empty(), ""));
        assertThat(signedIn.getAuthorities())
                .extracting(GrantedAuthority::getAuthority)
                .containsExactlyInAnyOrder("TENANTS_READ", "PROJECTS_READ", "USAGE_READ", "RECONCILE");
        assertThat(signedIn.getCredentials()).isNull();
    }

    @Test
    void checksOnePasswordWhetherTheNameExistsOrNot() {
        users.put("ann", new User("ann", Role.OWNER, Optional.empty(), "hash of right"));
        assertThatThrownBy(() -> signIn("ann", "wrong")).isInstanceOf(SignInRefusedException.class);
        assertThatThrownBy(() -> signIn("bob", "wrong"))
                .isInstanceOf(SignInRefusedException.class)
                .hasMessage("The name or the password is wrong.");
        assertThat(checked).containsExactly("hash of right", "hash of a password that nobody has");
    }

    @Test
    void signsNobodyInWithThePasswordThatNobodyHas() {
        assertThatThrownBy(() -> signIn("bob", "a password that nobody has"))
                .isInstanceOf(SignInRefusedException.class);
    }

    @Test
    void checksNoPasswordAfterTooManyFailures() {
        for (int i = 0; i < SignInLimit.OF_ADDRESS; i++) {
            assertThatThrownBy(() -> signIn("bob", "wrong")).isInstanceOf(SignInRefusedException.class);
        }
        checked.clear();
        assertThatThrownBy(() -> signIn("bob", "wrong"))
                .isInstanceOfSatisfying(
                        SignInRefusedException.class,
                        e -> assertThat(e.tooMany()).isTrue());
        assertThat(checked).isEmpty();
    }

    private Authentication signIn(String name, String password) {
        return provider.authenticate(UsernamePasswordAuthenticationToken.unauthenticated(name, password));
    }

    private final class Users implements UserStore {
        @Override
        public Optional<User> find(String name) {
            return Optional.ofNullable(users.get(name));
        }

        @Override
        public void put(User user) {
            users.put(user.name(), user);
        }
    }

    private final class Counting implements PasswordEncoder {
        @Override
        public String encode(@Nullable CharSequence raw) {
            return "hash of " + raw;
        }

        @Override
        public boolean matches(@Nullable CharSequence raw, @Nullable String encoded) {
            checked.add(String.valueOf(encoded));
            return encode(raw).equals(encoded);
        }
    }
}
