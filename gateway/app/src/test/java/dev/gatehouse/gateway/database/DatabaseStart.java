package dev.gatehouse.gateway.database;

import dev.gatehouse.db.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Starts the room alone, or with the room that is tested, with the gateway's own configuration file. */
public final class DatabaseStart {

    private DatabaseStart() {}

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(DatabaseProperties.class)
    static class Room {
        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }
    }

    static ConfigurableApplicationContext on(TestDatabase database, Path secrets, String... settings) {
        return with(Room.class, database, secrets, settings);
    }

    /** Starts a configuration class of another room, too. */
    public static ConfigurableApplicationContext with(
            Class<?> room, TestDatabase database, Path secrets, String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.addAll(database.settings());
        return run(room, secrets, all);
    }

    /** Starts the room with these settings of the database. */
    static ConfigurableApplicationContext alone(Path secrets, List<String> settings) {
        return run(Room.class, secrets, settings);
    }

    private static ConfigurableApplicationContext run(Class<?> room, Path secrets, List<String> settings) {
        List<String> arguments = new ArrayList<>(settings);
        arguments.add("--gatehouse.secrets-directory=" + secrets);
        return new SpringApplicationBuilder(Room.class, DatabaseConfiguration.class, room)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .run(arguments.toArray(String[]::new));
    }
}
