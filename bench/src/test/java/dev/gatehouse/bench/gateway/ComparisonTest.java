package dev.gatehouse.bench.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.bench.load.Tally;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ComparisonTest {

    private static final Target NGINX = target("nginx");
    private static final Target GATEWAY = target("gateway");

    @Test
    void ratiosAreTakenRoundByRound() {
        Comparison comparison = new Comparison();
        add(comparison, 100, 10);
        add(comparison, 900, 90);
        add(comparison, 120, 20);

        Costs gateway = comparison.of(GATEWAY);

        assertThat(gateway.ratio(comparison.of(NGINX), Cost::ownUs).median()).isEqualTo(10);
        assertThat(gateway.rounds()).hasSize(3);
    }

    private static void add(Comparison comparison, double gatewayUs, double nginxUs) {
        comparison.add(NGINX, new Cost(new Tally(), nginxUs, 0));
        comparison.add(GATEWAY, new Cost(new Tally(), gatewayUs, 0));
    }

    private static Target target(String name) {
        return new Target(name, InetSocketAddress.createUnresolved("localhost", 1), "", "m", List.of(), List.of());
    }
}
