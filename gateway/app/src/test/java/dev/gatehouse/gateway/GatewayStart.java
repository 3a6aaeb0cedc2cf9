package dev.gatehouse.gateway;

import dev.gatehouse.db.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole gateway, on a test's database and on free ports, with an administrator. */
public final class GatewayStart {

    /** The administrator's password. */
    public static final String PASSWORD = "the password of a test";

    private GatewayStart() {}

    /** @param secrets an empty directory, to be filled */
    public static ConfigurableApplicationContext on(TestDatabase database, Path secrets, String... settings) {
        writeSecrets(database, secrets);
        List<String> arguments = new ArrayList<>(List.of(settings));
        arguments.add("--gatehouse.edge.port=0");
        arguments.add("--gatehouse.secrets-directory=" + secrets);
        arguments.addAll(database.settings());
        return new SpringApplicationBuilder(Gateway.class).logStartupInfo(false).run(arguments.toArray(String[]::new));
    }

    private static void writeSecrets(TestDatabase database, Path secrets) {
        database.writeSecrets(secrets);
        byte[] secret = new byte[32];
        Arrays.fill(secret, (byte) 1);
        String text = Base64.getEncoder().encodeToString(secret);
        try {
            Files.writeString(secrets.resolve("pepper.1"), text);
            Files.writeString(secrets.resolve("join.1"), text);
            Files.writeString(secrets.resolve("kek.1"), text);
            Files.writeString(secrets.resolve("admin-password"), PASSWORD + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
