package dev.gatehouse.worker;

import dev.gatehouse.worker.ledger.LedgerSettings;
import dev.gatehouse.worker.node.NodeSettings;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** All that can be set, under {@code gatehouse}; {@code docs/configuration.md} lists it. An unknown key stops the start. */
@Validated
@ConfigurationProperties(prefix = "gatehouse", ignoreUnknownFields = false)
record Settings(@DefaultValue @Valid Application worker) {

    /** @param secretsDirectory has the file {@code node-key} */
    record Application(
            @NotNull Path secretsDirectory,
            @DefaultValue @Valid NodeSettings node,
            @DefaultValue @Valid LedgerSettings ledger,
            @DefaultValue @Valid EngineSettings engine,
            @DefaultValue KvStoreSettings kvStore) {}
}
