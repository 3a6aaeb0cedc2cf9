package dev.gatehouse.bench.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class NginxTest {

    @Test
    void theConfigurationNamesBothEndsAndOnlyItsOwnDirectory() {
        String text = Nginx.configuration(
                Path.of("/scratch"), new InetSocketAddress("127.0.0.1", 1), new InetSocketAddress("127.0.0.1", 2));

        assertThat(text)
                .contains("listen 127.0.0.1:1 ", "server 127.0.0.1:2;", "worker_processes 2;", "proxy_buffering off;")
                .contains("pid /scratch/nginx.pid;")
                .doesNotContain("DIR", "UPSTREAM", "LISTEN");
    }
}
