package dev.gatehouse.launcher.data;

import dev.gatehouse.launcher.terminal.Exit;
import dev.gatehouse.launcher.terminal.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The secrets of one installation, {@code DATA/secrets}: made once, all together, on the first start. Directories have
 * mode 0700 and files 0600. A secret that is missing later is never replaced, because the database holds what was
 * sealed with it; the administrator's password alone is made anew.
 */
public final class Secrets {
    private static final List<String> VERSIONED = List.of("pepper", "kek", "signing", "join");
    private static final String QUICKSTART_KEY = "quickstart-key";
    private static final String ADMIN_PASSWORD = "admin-password";
    private static final int SECRET_BYTES = 32;
    private static final Set<PosixFilePermission> OTHERS = EnumSet.complementOf(EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));

    private final Path root;
    private final SecureRandom random = new SecureRandom();

    private Secrets(Path root) {
        this.root = root;
    }

    /**
     * Opens the secrets of {@code data}, making them on its first start.
     *
     * @throws Failure when one is missing or readable by others
     */
    public static Secrets open(DataDirectory data) {
        Secrets secrets = new Secrets(data.secrets());
        try {
            secrets.createOnFirstStart(data);
            secrets.createAdminPassword();
            secrets.requireComplete();
            secrets.requirePrivate();
            return secrets;
        } catch (IOException refused) {
            throw Failure.of(refused);
        }
    }

    /** Directory of the gateway's secret files. */
    public Path gateway() {
        return root.resolve("gateway");
    }

    /** Directory of the secret files of node {@code name}; writes its key there. */
    public Path node(String name) {
        try {
            Path directory = createPrivate(createPrivate(root.resolve("worker")).resolve(name));
            AtomicFile.write(directory.resolve("node-key"), NodeKey.derive(read(newest("join")), name));
            return directory;
        } catch (IOException refused) {
            throw Failure.of(refused);
        }
    }

    public String password(DatabaseRole role) {
        return read(role.secret());
    }

    /** Password of the superuser that makes the roles and the database; the gateway never reads it. */
    public String superuserPassword() {
        return read(superuser());
    }

    /** The file that holds {@link #superuserPassword}. */
    public Path superuser() {
        return root.resolve("postgres").resolve("superuser");
    }

    /** The API key that {@code up} prints; the same over restarts. */
    public String quickstartKey() {
        return read(QUICKSTART_KEY);
    }

    /** The password of {@link Quickstart#ADMIN}; the same over restarts. */
    public String adminPassword() {
        return read(ADMIN_PASSWORD);
    }

    /** Nothing is sealed with it: a new one replaces one that is gone. */
    private void createAdminPassword() throws IOException {
        Path file = gateway().resolve(ADMIN_PASSWORD);
        if (Files.notExists(file)) {
            AtomicFile.write(file, randomPassword());
        }
    }

    private void createOnFirstStart(DataDirectory data) throws IOException {
        if (Files.exists(gateway())) {
            return;
        }
        if (Files.exists(data.postgres().resolve("data"))) {
            throw missing(gateway());
        }
        createPrivate(root);
        createPrivate(root.resolve("postgres"));
        AtomicFile.write(superuser(), randomPassword());
        Path fresh = createPrivate(root.resolve("gateway.new"));
        for (String name : VERSIONED) {
            AtomicFile.write(fresh.resolve(name + ".1"), Base64.getEncoder().encodeToString(randomBytes()));
        }
        for (DatabaseRole role : DatabaseRole.values()) {
            AtomicFile.write(fresh.resolve(role.secret()), randomPassword());
        }
        AtomicFile.write(fresh.resolve(QUICKSTART_KEY), ApiKey.generate(random));
        Files.move(fresh, gateway(), StandardCopyOption.ATOMIC_MOVE);
    }

    private void requireComplete() throws IOException {
        List<String> required = new ArrayList<>(List.of(QUICKSTART_KEY));
        for (DatabaseRole role : DatabaseRole.values()) {
            required.add(role.secret());
        }
        for (String name : VERSIONED) {
            required.add(newest(name));
        }
        for (String name : required) {
            require(gateway().resolve(name));
        }
        require(superuser());
    }

    private static void require(Path secret) {
        if (!Files.isRegularFile(secret)) {
            throw missing(secret);
        }
    }

    private void requirePrivate() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                Set<PosixFilePermission> permissions = new HashSet<>(Files.getPosixFilePermissions(path));
                permissions.retainAll(OTHERS);
                if (!permissions.isEmpty()) {
                    throw new Failure(
                            Exit.DENIED,
                            "others than its owner can reach %s: run chmod -R go= %s".formatted(path, root));
                }
            }
        }
    }

    /** The file name of the highest version of a secret; version 1 when there is none. */
    private String newest(String name) throws IOException {
        try (Stream<Path> files = Files.list(gateway())) {
            int version = files.map(file -> file.getFileName().toString())
                    .filter(file -> file.matches(name + "\\.\\d{1,6}"))
                    .mapToInt(file -> Integer.parseInt(file.substring(name.length() + 1)))
                    .max()
                    .orElse(1);
            return name + "." + version;
        }
    }

    private String read(String name) {
        return read(gateway().resolve(name));
    }

    private static String read(Path secret) {
        try {
            return Files.readString(secret).strip();
        } catch (IOException refused) {
            throw Failure.of(refused);
        }
    }

    private byte[] randomBytes() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return bytes;
    }

    private String randomPassword() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(randomBytes());
    }

    private static Path createPrivate(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        return directory;
    }

    private static Failure missing(Path secret) {
        return new Failure(
                Exit.FAULT,
                "%s is missing, and what the database holds was sealed with it: restore it from a backup, or start afresh with another --data DIR"
                        .formatted(secret));
    }
}
