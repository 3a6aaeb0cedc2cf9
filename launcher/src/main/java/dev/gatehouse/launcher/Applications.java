package dev.gatehouse.launcher;

import dev.gatehouse.launcher.data.DataDirectory;
import dev.gatehouse.launcher.data.Secrets;
import dev.gatehouse.launcher.process.JavaProgram;
import dev.gatehouse.launcher.process.Program;
import dev.gatehouse.launcher.process.RunFile;
import dev.gatehouse.launcher.terminal.Narrator;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The gateway and the worker as programs, with the settings of {@code docs/configuration.md}.
 *
 * @param ports one for each gateway
 */
record Applications(Build build, DataDirectory data, Secrets secrets, List<Integer> ports, Narrator narrator) {
    static String workerName(int number) {
        return "worker-" + number;
    }

    static String gatewayName(int number) {
        return "gateway-" + number;
    }

    /** Worker {@code number}, counted from 1, of {@code workers} that share this machine's cores. */
    Program worker(int number, int workers, Model model) {
        String name = workerName(number);
        List<String> arguments = new ArrayList<>(List.of(
                "--gatehouse.worker.node.name=" + name,
                "--gatehouse.worker.node.run-file=" + RunFile.path(data, name),
                "--gatehouse.worker.node.supervised=true",
                "--gatehouse.worker.node.gateways="
                        + ports.stream().map(this::gatewayUrl).collect(Collectors.joining(",")),
                "--gatehouse.worker.ledger.directory=" + data.ledger().resolve(name),
                "--gatehouse.worker.kv-store.directory=" + data.kv().resolve(name),
                "--gatehouse.worker.engine.model=" + model.argument(),
                "--gatehouse.worker.engine.natives=" + build.worker().resolveSibling("native/lib"),
                "--gatehouse.worker.secrets-directory=" + secrets.node(name)));
        if (workers > 1) {
            arguments.add("--gatehouse.worker.engine.threads="
                    + Math.max(1, Runtime.getRuntime().availableProcessors() / workers));
        }
        return new JavaProgram(
                data,
                name,
                build.worker(),
                arguments,
                said -> URI.create(said.url()).resolve("/node/v1/health"),
                "correct what its log says, or choose another model with --model FILE",
                narrator);
    }

    /** Gateway {@code number}, counted from 1, on its port, with further settings. */
    Program gateway(int number, DatabaseAddress database, List<String> more) {
        String name = gatewayName(number);
        int port = ports.get(number - 1);
        List<String> arguments = new ArrayList<>(List.of(
                "--gatehouse.instance.name=" + name,
                "--gatehouse.instance.run-file=" + RunFile.path(data, name),
                "--gatehouse.instance.supervised=true",
                "--gatehouse.edge.port=" + port,
                "--gatehouse.secrets-directory=" + secrets.gateway()));
        arguments.addAll(database.arguments());
        more.forEach(property -> arguments.add("--" + property));
        URI ready = URI.create(gatewayUrl(port) + "/health/ready");
        return new JavaProgram(
                data, name, build.gateway(), arguments, said -> ready, "correct what its log says", narrator);
    }

    /** A worker that learns its start: without a model, and with a ledger that is thrown away. */
    List<String> workerInTraining(Path scratch) {
        return List.of(
                "--gatehouse.worker.node.name=training",
                "--gatehouse.worker.ledger.directory=" + scratch,
                "--gatehouse.worker.engine.model=echo:",
                "--gatehouse.worker.secrets-directory=" + secrets.node(workerName(1)));
    }

    /** A gateway that learns its start: it looks into the database and ends before it serves. */
    List<String> gatewayInTraining(DatabaseAddress database) {
        List<String> arguments = new ArrayList<>(List.of(
                "--gatehouse.instance.name=training",
                "--gatehouse.edge.port=0",
                "--gatehouse.secrets-directory=" + secrets.gateway()));
        arguments.addAll(database.arguments());
        return arguments;
    }

    /** Where the gateway on {@code port} is reached. */
    String gatewayUrl(int port) {
        return "http://127.0.0.1:" + port;
    }
}
