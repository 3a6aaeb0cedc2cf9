package dev.gatehouse.gateway.backend.node;

import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.NodeName;
import java.net.URI;
import java.util.List;

/** What nodes report, for tests. */
final class Registrations {

    static final ModelName MODEL = new ModelName("tiny-moe");

    static final String SHA256 = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";

    private Registrations() {}

    static Registration ready(String name, int port) {
        return of(name, port, Registration.State.READY, 0);
    }

    static Registration busy(String name, int running) {
        return of(name, 41_001, Registration.State.READY, running);
    }

    static Registration of(String name, int port, Registration.State state, int running) {
        return of(name, port, "dev", SHA256, state, running);
    }

    /** A node of another build or with another file of the model. */
    static Registration other(String name, String build, String sha256) {
        return of(name, 41_001, build, sha256, Registration.State.READY, 0);
    }

    private static Registration of(
            String name, int port, String build, String sha256, Registration.State state, int running) {
        return new Registration(
                new NodeName(name),
                URI.create("http://127.0.0.1:" + port),
                "0.1.0",
                build,
                List.of(new Registration.Served(MODEL, sha256, 256, 512)),
                16,
                4_096,
                state,
                new Registration.Load(running, 0, 120, 812.5));
    }
}
