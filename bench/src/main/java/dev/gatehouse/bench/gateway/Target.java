package dev.gatehouse.bench.gateway;

import dev.gatehouse.bench.host.ProcessTree;
import dev.gatehouse.bench.load.Request;
import dev.gatehouse.bench.node.Script;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Someone who answers chat completions with what the mock node plays.
 *
 * @param key the bearer token it wants; empty for none
 * @param own the processes whose CPU time is its cost; none where the mock itself is asked
 * @param database the processes of its database, accounted for apart
 */
record Target(
        String name,
        InetSocketAddress address,
        String key,
        String model,
        List<ProcessTree> own,
        List<ProcessTree> database) {

    Request request(Script script, boolean stream) {
        return Request.post(address, "/v1/chat/completions", key, Prompt.json(model, script, stream));
    }

    Target withKey(String other) {
        return new Target(name, address, other, model, own, database);
    }

    double cpuUs() {
        return cpuUs(own);
    }

    /** What of {@link #cpuUs} compilers took. */
    double compilerUs() {
        return own.stream().mapToDouble(ProcessTree::compilerUs).sum();
    }

    double databaseUs() {
        return cpuUs(database);
    }

    long anonymousBytes() {
        return own.stream().mapToLong(ProcessTree::anonymousBytes).sum();
    }

    private static double cpuUs(List<ProcessTree> trees) {
        return trees.stream().mapToDouble(ProcessTree::cpuUs).sum();
    }
}
