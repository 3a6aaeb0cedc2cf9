package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.backend.Records;
import dev.gatehouse.gateway.backend.Records.Total;
import dev.gatehouse.gateway.metering.Report.NodeHour;
import dev.gatehouse.gateway.metering.Report.NodeRequest;
import dev.gatehouse.gateway.metering.Report.Tokens;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.NodeName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the requests by which the ledger and a node's records differ: the time is halved until few requests are left, and these are
 * asked for one by one. What is found is bounded, and so is what it costs. For one reconciliation.
 */
final class NodeComparison {

    private static final int FEW = 32;
    private static final int MOST_QUESTIONS = 256;

    private final Books books;
    private final Records records;
    private final Set<NodeName> silent = new HashSet<>();

    NodeComparison(Books books, Records records) {
        this.books = books;
        this.records = records;
    }

    NodeHour hour(NodeName node, Instant from, Instant until, Total ledger) {
        Optional<Total> recorded = recorded(node, from, until);
        if (recorded.isEmpty() || tokens(recorded.get()).equals(tokens(ledger))) {
            return told(node, from, until, ledger, recorded, false, List.of());
        }
        Search search = new Search(node);
        search.through(from, until);
        boolean explained = search.complete && search.found.isEmpty();
        return told(node, from, until, ledger, recorded, !explained, search.found);
    }

    /** A node that leaves a question unanswered is asked for no more sums: each one would be waited for. */
    private Optional<Total> recorded(NodeName node, Instant from, Instant until) {
        if (silent.contains(node)) {
            return Optional.empty();
        }
        Optional<Total> sum = records.total(node, from, until);
        if (sum.isEmpty()) {
            silent.add(node);
        }
        return sum;
    }

    private static NodeHour told(
            NodeName node,
            Instant from,
            Instant until,
            Total ledger,
            Optional<Total> recorded,
            boolean differs,
            List<NodeRequest> requests) {
        return new NodeHour(
                node.value(),
                from,
                until,
                tokens(ledger),
                recorded.map(NodeComparison::tokens).orElse(null),
                differs,
                List.copyOf(requests));
    }

    /** How many dispatches there were is no matter: a node has no record of one that it refused. */
    private static Tokens tokens(Total total) {
        return new Tokens(total.prompt(), total.cached(), total.completion(), total.reasoning());
    }

    /** One hour of one node. */
    private final class Search {

        private final NodeName node;
        private final List<NodeRequest> found = new ArrayList<>();
        private int questions;
        private boolean complete = true;

        Search(NodeName node) {
            this.node = node;
        }

        void through(Instant from, Instant until) {
            List<Books.Arrived> arrived = books.arrived(from, until, FEW + 1);
            Instant middle = from.plusMillis(Duration.between(from, until).toMillis() / 2);
            if (arrived.size() <= FEW || middle.equals(from)) {
                arrived.forEach(this::ask);
                complete &= arrived.size() <= FEW;
            } else {
                throughIfDifferent(from, middle);
                throughIfDifferent(middle, until);
            }
        }

        private void throughIfDifferent(Instant from, Instant until) {
            if (mayAsk()) {
                Total ledger = books.ledger(from, until).getOrDefault(node, Total.NONE);
                Optional<Total> recorded = recorded(node, from, until);
                complete &= recorded.isPresent();
                if (recorded.isPresent() && !tokens(recorded.get()).equals(tokens(ledger))) {
                    through(from, until);
                }
            }
        }

        /** What is still open is no difference: its lines come with its outcome. */
        private void ask(Books.Arrived arrived) {
            if (arrived.concluded() && mayAsk()) {
                IntentId request = arrived.request();
                Optional<Tokens> recorded = records.total(node, request).map(NodeComparison::tokens);
                Tokens ledger = tokens(books.ledger(request).getOrDefault(node, Total.NONE));
                complete &= recorded.isPresent();
                recorded.filter(other -> !other.equals(ledger))
                        .ifPresent(other -> found.add(new NodeRequest(request.value(), ledger, other)));
            }
        }

        private boolean mayAsk() {
            complete &= questions < MOST_QUESTIONS;
            return questions++ < MOST_QUESTIONS;
        }
    }
}
