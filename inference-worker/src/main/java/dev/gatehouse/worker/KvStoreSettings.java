package dev.gatehouse.worker;

import dev.gatehouse.worker.kvstore.KvStore;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where blocks of KV cache go that have to leave it.
 *
 * @param memory most that they take outside the Java heap; 0 keeps none anywhere
 * @param directory of this node alone, for what is to survive a restart; without it nothing does
 * @param disk most that the files in it take
 */
record KvStoreSettings(
        @DefaultValue("256MB") DataSize memory,
        @Nullable Path directory,
        @DefaultValue("2GB") DataSize disk) {

    KvStoreSettings {
        if (memory.isNegative() || disk.isNegative()) {
            throw new IllegalArgumentException("gatehouse.worker.kv-store.memory and disk must be 0 or more");
        }
    }

    KvStore open() {
        Optional<KvStore.Place> place =
                Optional.ofNullable(directory).map(here -> new KvStore.Place(here, disk.toBytes()));
        return KvStore.open(memory.toBytes(), place);
    }
}
