package dev.gatehouse.launcher;

import dev.gatehouse.launcher.data.Quickstart;
import dev.gatehouse.launcher.terminal.Exit;
import dev.gatehouse.launcher.terminal.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which gateway a verb administers, and as whom: the installation that runs here, or the one that {@code --url} names. */
final class AdminOptions {
    static final String USER_VARIABLE = "GATEHOUSE_ADMIN_USER";
    static final String PASSWORD_VARIABLE = "GATEHOUSE_ADMIN_PASSWORD";

    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Another gateway, without a path. Its user and password: --user and --password-file, or "
                    + USER_VARIABLE + " and " + PASSWORD_VARIABLE + " in the environment.")
    private @Nullable String url;

    @Option(names = "--user", paramLabel = "NAME", description = "Who signs in at --url (default: admin).")
    private @Nullable String user;

    @Option(names = "--password-file", paramLabel = "FILE", description = "The file that holds the user's password.")
    private @Nullable Path passwordFile;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    boolean json() {
        return json;
    }

    AdminClient client() {
        return client(System.getenv());
    }

    AdminClient client(Map<String, String> environment) {
        if (url != null) {
            String name = Objects.requireNonNullElse(user, environment.getOrDefault(USER_VARIABLE, Quickstart.ADMIN));
            return new AdminClient(url.replaceFirst("/+$", ""), name, password(environment));
        }
        if (user != null || passwordFile != null) {
            throw new Failure(Exit.USAGE, "--user and --password-file go with --url: name the gateway");
        }
        Quickstart here = Quickstart.read(data.directory());
        String gateway = here.baseUrl().replaceFirst("/v1$", "");
        return new AdminClient(gateway, here.adminUser(), here.adminPassword());
    }

    private String password(Map<String, String> environment) {
        if (passwordFile != null) {
            return read(passwordFile);
        }
        String password = environment.get(PASSWORD_VARIABLE);
        if (password == null) {
            throw new Failure(
                    Exit.USAGE, "no password: name its file with --password-file, or set " + PASSWORD_VARIABLE);
        }
        return password;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            throw new Failure(Exit.USAGE, "the password file %s cannot be read".formatted(file));
        }
    }
}
