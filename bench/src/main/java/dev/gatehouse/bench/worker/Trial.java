package dev.gatehouse.bench.worker;

import dev.gatehouse.bench.load.WrongAnswerException;
import dev.gatehouse.bench.report.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Something that is done to each server in turn. */
@FunctionalInterface
interface Trial<R extends Trial.Result> {

    R run(Callers callers, int round) throws InterruptedException;

    /** What a trial found. */
    interface Result {

        /** Tokens of all prompts, which must be the same on all servers. */
        int promptTokens();
    }

    /** What all rounds found, by server. */
    record Results<R extends Result>(Map<String, List<R>> byServer) {

        Series of(String server, ToDoubleFunction<R> figure) {
            return new Series(byServer.getOrDefault(server, List.of()).stream()
                    .mapToDouble(figure)
                    .toArray());
        }
    }

    /** So many rounds, of which each begins with the server that the one before ended with. */
    default Results<R> alternate(List<Callers> servers, int rounds) throws InterruptedException {
        Map<String, List<R>> results = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            int tokens = 0;
            for (Callers server : round % 2 == 0 ? servers : servers.reversed()) {
                R result = run(server, round);
                if (tokens > 0 && tokens != result.promptTokens()) {
                    throw new WrongAnswerException("the same prompts were %d tokens at one server and %d at %s"
                            .formatted(tokens, result.promptTokens(), server.name()));
                }
                tokens = result.promptTokens();
                results.computeIfAbsent(server.name(), first -> new ArrayList<>())
                        .add(result);
            }
        }
        return new Results<>(results);
    }
}
