package dev.gatehouse.bench.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;

/** What a gateway tells Prometheus. */
public final class Metrics {

    private static final int TIMEOUT_MS = 10_000;

    private Metrics() {}

    /**
     * The value of a metric without labels; 0 when it has none yet.
     *
     * @throws NotReadyException if the gateway does not answer
     */
    public static double read(URI metrics, String name) {
        try {
            URLConnection connection = metrics.toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MS);
            connection.setReadTimeout(TIMEOUT_MS);
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
                return lines.lines()
                        .filter(line -> line.startsWith(name + " "))
                        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                        .findFirst()
                        .orElse(0);
            }
        } catch (IOException e) {
            throw new NotReadyException("cannot read " + metrics + ": " + e.getMessage());
        }
    }
}
