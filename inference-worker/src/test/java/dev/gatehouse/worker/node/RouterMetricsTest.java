package dev.gatehouse.worker.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouterMetricsTest {

    @TempDir
    private Path directory;

    @Test
    void routersFindTheNamesThatTheyScrape() throws Exception {
        try (TestNode node = TestNode.start(directory)) {
            node.gateway
                    .run(TestNode.newId(), 10, TestGateway.chat("one two three"))
                    .all();
            node.gateway
                    .run(TestNode.newId(), 2, TestGateway.script("{'content':'a b c'}"))
                    .all();

            List<String> lines = scrape(node.url);

            assertThat(lines)
                    .contains(
                            "vllm:num_requests_running{model_name=\"echo\"} 0.0",
                            "vllm:num_requests_waiting{model_name=\"echo\"} 0.0",
                            "vllm:kv_cache_usage_perc{model_name=\"echo\"} 0.0",
                            "vllm:prefix_cache_queries_total{model_name=\"echo\"} 6.0",
                            "vllm:prefix_cache_hits_total{model_name=\"echo\"} 0.0",
                            "vllm:num_preemptions_total{model_name=\"echo\"} 0.0",
                            "vllm:prompt_tokens_total{model_name=\"echo\"} 6.0",
                            "vllm:generation_tokens_total{model_name=\"echo\"} 5.0",
                            "vllm:request_success_total{finished_reason=\"stop\",model_name=\"echo\"} 1.0",
                            "vllm:request_success_total{finished_reason=\"length\",model_name=\"echo\"} 1.0",
                            "vllm:time_to_first_token_seconds_count{model_name=\"echo\"} 2",
                            "vllm:inter_token_latency_seconds_count{model_name=\"echo\"} 3",
                            "vllm:e2e_request_latency_seconds_count{model_name=\"echo\"} 2",
                            "vllm:request_queue_time_seconds_count{model_name=\"echo\"} 2",
                            "vllm:request_prefill_time_seconds_count{model_name=\"echo\"} 2",
                            "vllm:request_decode_time_seconds_count{model_name=\"echo\"} 2",
                            "vllm:cache_config_info{block_size=\"64\",model_name=\"echo\",num_gpu_blocks=\"2048\"} 1")
                    .anyMatch(line -> line.startsWith("vllm:time_to_first_token_seconds_bucket{"))
                    .anyMatch(line -> line.startsWith("gatehouse_worker_compute_seconds_total"));
        }
    }

    private static List<String> scrape(URI url) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(url.resolve("/metrics")).build(), BodyHandlers.ofString())
                    .body()
                    .lines()
                    .toList();
        }
    }
}
