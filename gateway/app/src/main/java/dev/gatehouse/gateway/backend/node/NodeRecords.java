package dev.gatehouse.gateway.backend.node;

import com.linecorp.armeria.common.CommonPools;
import dev.gatehouse.gateway.audit.NodeSignatures;
import dev.gatehouse.gateway.backend.Records;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.NodeName;
import io.netty.channel.EventLoop;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The ledgers of the nodes that the directory knows. */
@Component
final class NodeRecords implements Records {

    private static final Logger log = LoggerFactory.getLogger(NodeRecords.class);

    private final NodeDirectory directory;
    private final NodeCall call;
    private final NodeSignatures signatures;
    private final JsonMapper json;

    NodeRecords(NodeDirectory directory, NodeCall call, NodeSignatures signatures, JsonMapper json) {
        this.directory = directory;
        this.call = call;
        this.signatures = signatures;
        this.json = json;
    }

    @Override
    public List<NodeName> nodes() {
        return directory.all().stream()
                .map(heard -> heard.registration().name())
                .toList();
    }

    @Override
    public Optional<Total> total(NodeName node, Instant from, Instant until) {
        return asked(
                node,
                url -> call.totals(node, url, claims -> signatures.sign(node, claims), from, until, loop()),
                answer -> total(json.readTree(answer)));
    }

    @Override
    public Optional<Total> total(NodeName node, IntentId request) {
        return asked(
                node,
                url -> call.recover(node, url, claims -> signatures.sign(node, claims), request, loop()),
                answer -> sum(json.readTree(answer).path("exchanges")));
    }

    private Optional<Total> asked(
            NodeName node,
            Function<URI, CompletableFuture<WholeAnswer.Answered>> question,
            Function<byte[], Total> read) {
        try {
            return url(node)
                    .map(url -> question.apply(url).join())
                    .filter(WholeAnswer.Answered::ok)
                    .map(answer -> read.apply(answer.body()));
        } catch (CompletionException | JacksonException unreachable) {
            log.info("Node {} can not be asked for its records: {}", node, unreachable.toString());
            return Optional.empty();
        }
    }

    private Optional<URI> url(NodeName node) {
        return directory.all().stream()
                .map(Heard::registration)
                .filter(known -> known.name().equals(node))
                .map(Registration::url)
                .findFirst();
    }

    private static Total total(JsonNode answer) {
        NodeRecord sums = NodeRecord.of(answer);
        return new Total(
                answer.path("exchanges").asLong(),
                sums.usage().prompt(),
                sums.usage().cached(),
                sums.usage().completion(),
                sums.usage().reasoning());
    }

    private static Total sum(JsonNode exchanges) {
        Total total = Total.NONE;
        for (JsonNode one : exchanges) {
            NodeRecord exchange = NodeRecord.of(one);
            total = exchange.running() ? total : total.plus(exchange.usage());
        }
        return total;
    }

    private static EventLoop loop() {
        return CommonPools.workerGroup().next();
    }
}
