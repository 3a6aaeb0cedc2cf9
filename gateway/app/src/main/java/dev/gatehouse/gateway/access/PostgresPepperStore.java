package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.database.CoreDatabase;
import java.util.Map;
import java.util.stream.Collectors;

/** The table {@code peppers}. */
final class PostgresPepperStore implements PepperStore {

    private final CoreDatabase core;

    PostgresPepperStore(CoreDatabase core) {
        this.core = core;
    }

    @Override
    public Map<Integer, KeyDigest> fingerprints() {
        return core
                .query(client -> client.sql("SELECT version, fingerprint FROM peppers")
                        .query((row, _) -> Map.entry(row.getInt("version"), new KeyDigest(row.getBytes("fingerprint"))))
                        .list())
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public void record(int version, KeyDigest fingerprint) {
        core.query(client -> client.sql(
                        "INSERT INTO peppers (version, fingerprint) VALUES (?, ?) ON CONFLICT (version) DO NOTHING")
                .params(version, fingerprint.bytes())
                .update());
    }
}
