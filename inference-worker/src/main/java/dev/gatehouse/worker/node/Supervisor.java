package dev.gatehouse.worker.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parent process: while it lives, our standard input stays open. */
final class Supervisor {

    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

    private Supervisor() {}

    static void watch(InputStream input, Runnable whenGone) {
        Thread.ofPlatform().name("supervisor").daemon().start(() -> {
            drain(input);
            LOG.info("Standard input has closed: shutting down");
            whenGone.run();
        });
    }

    private static void drain(InputStream input) {
        try {
            input.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            LOG.warn("Standard input can not be read: {}", e.getMessage());
        }
    }
}
