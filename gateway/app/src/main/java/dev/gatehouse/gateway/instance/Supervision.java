package dev.gatehouse.gateway.instance;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Ends this process when its supervisor, which holds the other end of standard input, is gone. */
@Component
final class Supervision {

    private static final Logger log = LoggerFactory.getLogger(Supervision.class);

    private final InstanceProperties properties;
    private final ApplicationContext context;

    Supervision(InstanceProperties properties, ApplicationContext context) {
        this.properties = properties;
        this.context = context;
    }

    @EventListener(ApplicationReadyEvent.class)
    void watch() {
        if (properties.supervised()) {
            Thread.ofPlatform().daemon().name("supervision").start(this::untilClosed);
        }
    }

    private void untilClosed() {
        try {
            while (System.in.read() >= 0) {
                // What is written to standard input means nothing; only its end does.
            }
        } catch (IOException unreadable) {
            log.warn("Standard input can not be read; taking it as closed", unreadable);
        }
        log.info("The supervisor is gone: stopping");
        System.exit(SpringApplication.exit(context));
    }
}
