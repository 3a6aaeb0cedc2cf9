package dev.gatehouse.gateway.instance;

import dev.gatehouse.gateway.database.Instance;
import dev.gatehouse.gateway.edge.PublicPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Tells the supervisor, by a file that appears whole, where this process listens. */
@Component
final class RunFile {

    private final InstanceProperties properties;
    private final Instance instance;
    private final PublicPort port;
    private final JsonMapper json;
    private int managementPort;

    RunFile(InstanceProperties properties, Instance instance, PublicPort port, JsonMapper json) {
        this.properties = properties;
        this.instance = instance;
        this.port = port;
        this.json = json;
    }

    private record Contents(long pid, String startId, String url, String metricsUrl) {}

    @EventListener
    void on(WebServerInitializedEvent event) {
        if ("management".equals(event.getApplicationContext().getServerNamespace())) {
            managementPort = event.getWebServer().getPort();
        }
    }

    @EventListener(ApplicationReadyEvent.class)
    void ready() throws IOException {
        if (properties.runFile() != null) {
            write(properties.runFile().toAbsolutePath());
        }
    }

    private void write(Path file) throws IOException {
        Contents contents = new Contents(
                ProcessHandle.current().pid(),
                Long.toString(instance.startId()),
                port.url(),
                "http://127.0.0.1:" + managementPort + "/actuator/prometheus");
        Files.createDirectories(file.getParent());
        Path whole = file.resolveSibling(file.getFileName() + ".new");
        Files.write(whole, json.writeValueAsBytes(contents));
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
