package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.vocabulary.Price;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a request's charge is made of. */
final class Bill {

    private static final long MILLION = 1_000_000;

    private Bill() {}

    static List<RequestDetail.CostLine> of(List<RequestDetail.Line> lines, Price price) {
        List<LedgerLine.Tokens> due = lines.stream()
                .filter(RequestDetail.Line::due)
                .map(RequestDetail.Line::tokens)
                .toList();
        long prompt = due.stream().mapToLong(LedgerLine.Tokens::prompt).sum();
        long cached = due.stream().mapToLong(LedgerLine.Tokens::cached).sum();
        long completion = due.stream().mapToLong(LedgerLine.Tokens::completion).sum();
        long reasoning = due.stream().mapToLong(LedgerLine.Tokens::reasoning).sum();
        return Stream.of(
                        tokens("uncached", prompt - cached, price.uncached()),
                        tokens("cached", cached, price.cached()),
                        tokens("reasoning", reasoning, price.reasoning()),
                        tokens("output", completion - reasoning, price.output()),
                        calls(lines, price))
                .filter(line -> line.tokens() > 0)
                .toList();
    }

    private static RequestDetail.CostLine tokens(String name, long tokens, long each) {
        return new RequestDetail.CostLine(name, tokens, Optional.of(each * MILLION), tokens * each);
    }

    /** A correction of a dispatch is no further call. */
    private static RequestDetail.CostLine calls(List<RequestDetail.Line> lines, Price price) {
        long calls = price.perCall() == 0
                ? 0
                : lines.stream()
                        .filter(RequestDetail.Line::due)
                        .mapToInt(RequestDetail.Line::attempt)
                        .distinct()
                        .count();
        return new RequestDetail.CostLine("perCall", calls, Optional.empty(), calls * price.perCall());
    }
}
