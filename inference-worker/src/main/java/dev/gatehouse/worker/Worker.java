package dev.gatehouse.worker;

import dev.gatehouse.worker.kvstore.KvStore;
import dev.gatehouse.worker.ledger.Ledger;
import dev.gatehouse.worker.ledger.LedgerSettings;
import dev.gatehouse.worker.node.Build;
import dev.gatehouse.worker.node.EngineSource;
import dev.gatehouse.worker.node.Node;
import dev.gatehouse.worker.node.NodeKey;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The inference worker. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties(Settings.class)
public class Worker {

    /** Arguments are settings: {@code --name=value}. */
    public static void main(String[] arguments) {
        SpringApplication.run(Worker.class, arguments);
    }

    @Bean
    Ledger ledger(Settings settings) {
        LedgerSettings ledger = settings.worker().ledger();
        return Ledger.open(ledger.directory(), Clock.systemUTC(), ledger.records());
    }

    @Bean
    NodeKey nodeKey(Settings settings) {
        return NodeKey.read(settings.worker().secretsDirectory());
    }

    @Bean
    KvStore kvStore(Settings settings, PrometheusMeterRegistry registry) {
        KvStore store = settings.worker().kvStore().open();
        KvStoreMetrics.bind(store, registry);
        return store;
    }

    @Bean
    EngineSource engineSource(Settings settings, KvStore store) {
        return new Engines(settings.worker().engine(), store);
    }

    @Bean
    PrometheusMeterRegistry meterRegistry() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        return registry;
    }

    @Bean
    JvmGcMetrics gcMetrics(PrometheusMeterRegistry registry) {
        JvmGcMetrics metrics = new JvmGcMetrics();
        metrics.bindTo(registry);
        return metrics;
    }

    @Bean
    Build build(@Value("${info.build.version}") String version, @Value("${info.build.stamp}") String stamp) {
        return new Build(version, stamp);
    }

    @Bean
    Node node(
            Settings settings,
            NodeKey key,
            Ledger ledger,
            EngineSource source,
            PrometheusMeterRegistry registry,
            Build build) {
        return new Node(
                settings.worker().node(),
                key,
                ledger,
                source,
                registry,
                build,
                new Node.End(System::exit, Runtime.getRuntime()::halt));
    }
}
