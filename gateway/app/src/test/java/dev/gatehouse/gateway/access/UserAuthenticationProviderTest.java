package dev.gatehouse.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.gateway.vocabulary.TenantId;
import dev.gatehouse.gateway.vocabulary.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.crypto.password.PasswordEncoder;

final class UserAuthenticationProviderTest {

    private final Map<String, User> users = new HashMap<>();
    private final List<String> checked = new ArrayList<>();
    private final List<UserId> seen = new ArrayList<>();
    private final UserAuthenticationProvider provider =
            new UserAuthenticationProvider(new Users(), new Counting(), new SignInLimit(() -> 0));

    @Test
    void signsAUserInWithTheScopesOfTheRole() {
        User ann = user(Role.BILLING, "hash of right");
        users.put("ann", ann);
        Authentication signedIn = signIn("Ann", "right");
        assertThat(signedIn.getPrincipal()).isEqualTo(ann.at(""));
        assertThat(signedIn.getAuthorities())
                .extracting(GrantedAuthority::getAuthority)
                .containsExactlyInAnyOrderElementsOf(
                        Role.BILLING.scopes().stream().map(Scope::name).toList())
                .contains("PRICES_WRITE")
                .doesNotContain("KEYS_READ");
        assertThat(signedIn.getCredentials()).isNull();
        assertThat(seen).containsExactly(ann.id());
    }

    @Test
    void checksOnePasswordWhetherTheNameExistsOrNot() {
        users.put("ann", user(Role.OWNER, "hash of right"));
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
    void signsNobodyInWhoHasNoPasswordYet() {
        users.put(
                "ann", new User(new UserId(UUID.randomUUID()), "ann", Role.OWNER, Optional.empty(), Optional.empty()));
        assertThatThrownBy(() -> signIn("ann", "a password that nobody has"))
                .isInstanceOf(SignInRefusedException.class);
        assertThat(checked).containsExactly("hash of a password that nobody has");
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

    private static User user(Role role, String password) {
        return new User(new UserId(UUID.randomUUID()), "ann", role, Optional.empty(), Optional.of(password));
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
        public void put(String name, Role role, Optional<TenantId> tenant, String password) {
            throw new AssertionError("nobody is added");
        }

        @Override
        public void seen(UserId user) {
            seen.add(user);
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
