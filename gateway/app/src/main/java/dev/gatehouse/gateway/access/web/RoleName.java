package dev.gatehouse.gateway.access.web;

import dev.gatehouse.gateway.access.Role;
import java.util.Locale;

/** A role, as the administration writes it. */
enum RoleName {
    owner,
    admin,
    auditor,
    billing,
    developer;

    static RoleName of(Role role) {
        return valueOf(role.name().toLowerCase(Locale.ROOT));
    }

    Role role() {
        return Role.valueOf(name().toUpperCase(Locale.ROOT));
    }
}
