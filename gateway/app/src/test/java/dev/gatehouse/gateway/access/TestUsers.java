package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.TenantId;
import java.util.Optional;
import org.springframework.context.ApplicationContext;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Users of a gateway that runs in a test. */
public final class TestUsers {

    private TestUsers() {}

    /** Adds a user. */
    public static void add(
            ApplicationContext gateway, String name, Role role, Optional<TenantId> tenant, String password) {
        String stored = gateway.getBean(PasswordEncoder.class).encode(password);
        gateway.getBean(UserStore.class).put(name, role, tenant, String.valueOf(stored));
    }

    /** Forgets sessions and links that are over, as the gateway does from time to time. */
    public static void sweep(ApplicationContext gateway) {
        gateway.getBean(SessionSweep.class).run();
    }
}
