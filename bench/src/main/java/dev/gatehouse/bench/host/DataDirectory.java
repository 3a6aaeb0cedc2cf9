package dev.gatehouse.bench.host;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a running Gatehouse writes about itself below its {@code --data} directory. */
record DataDirectory(Path root) {

    private static final JsonMapper JSON = new JsonMapper();

    boolean isReady() {
        return Files.exists(root.resolve("quickstart.json"));
    }

    String apiKey() {
        return text(root.resolve("quickstart.json"), "apiKey");
    }

    String adminPassword() {
        return text(root.resolve("quickstart.json"), "adminPassword");
    }

    String adminUser() {
        return text(root.resolve("quickstart.json"), "adminUser");
    }

    /** Where gateway {@code number}, counted from 1, is reached. */
    URI gatewayUrl(int number) {
        return URI.create(text(run(gatewayName(number)), "url")).resolve("/");
    }

    URI metricsUrl(int number) {
        return URI.create(text(run(gatewayName(number)), "metricsUrl"));
    }

    ProcessTree gateway(int number) {
        return processes(gatewayName(number));
    }

    private static String gatewayName(int number) {
        return "gateway-" + number;
    }

    ProcessTree database() {
        return processes("postgres");
    }

    /** Its database as the superuser sees it; empty where this user may not read the password. */
    Optional<Database> superuser() {
        Path password = root.resolve("secrets/postgres/superuser");
        if (!Files.isReadable(password)) {
            return Optional.empty();
        }
        try {
            String url = text(run("postgres"), "url");
            return Optional.of(new Database(url, Files.readString(password).strip()));
        } catch (IOException e) {
            throw missing(password, e);
        }
    }

    /** Names of the workers that are alive. */
    List<String> workers() {
        try (Stream<Path> files = Files.list(root.resolve("run"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("worker-") && name.endsWith(".json"))
                    .map(name -> name.substring(0, name.length() - ".json".length()))
                    .filter(name -> alive(processes(name).root()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw missing(root.resolve("run"), e);
        }
    }

    /** The join secret with the highest number, decoded. */
    byte[] joinSecret() {
        Path folder = root.resolve("secrets/gateway");
        try (Stream<Path> files = Files.list(folder)) {
            Path newest = files.filter(file -> number(file).isPresent())
                    .max(Comparator.comparing(file -> number(file).orElseThrow()))
                    .orElseThrow(() -> new NotReadyException("there is no secret join.N in " + folder));
            return Base64.getDecoder().decode(Files.readString(newest).strip());
        } catch (IOException e) {
            throw missing(folder, e);
        }
    }

    private static Optional<Integer> number(Path file) {
        String name = file.getFileName().toString();
        return name.matches("join\\.\\d{1,9}") ? Optional.of(Integer.valueOf(name.substring(5))) : Optional.empty();
    }

    private ProcessTree processes(String name) {
        Path file = run(name);
        long pid = read(file).path("pid").asLong(0);
        if (pid == 0) {
            throw new NotReadyException("there is no pid in " + file);
        }
        return new ProcessTree(pid);
    }

    private Path run(String name) {
        return root.resolve("run").resolve(name + ".json");
    }

    private static boolean alive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private static String text(Path file, String field) {
        String value = read(file).path(field).asString("");
        if (value.isEmpty()) {
            throw new NotReadyException("there is no " + field + " in " + file);
        }
        return value;
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(Files.readString(file));
        } catch (IOException | JacksonException e) {
            throw missing(file, e);
        }
    }

    private static NotReadyException missing(Path file, Exception cause) {
        return new NotReadyException(
                "cannot read " + file + " (" + cause.getMessage() + "): is ./gatehouse up running with this --data?");
    }
}
