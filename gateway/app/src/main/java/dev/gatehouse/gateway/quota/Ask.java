package dev.gatehouse.gateway.quota;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Claims that wait for the pool; nothing when they are held, else why not. One without claims only fills leases up. */
record Ask(List<Claim> claims, List<Lease> toTopUp, CompletableFuture<Optional<Refusal>> answer) {

    static Ask of(List<Claim> claims) {
        return new Ask(claims, List.of(), new CompletableFuture<>());
    }

    static Ask toTopUp(List<Lease> leases) {
        return new Ask(List.of(), leases, new CompletableFuture<>());
    }
}
