package dev.gatehouse.gateway.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.ModelName;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LimitBookTest {

    private static final Caller CALLER = TestGateway.CALLER;
    private static final ModelName CHAT = new ModelName("chat");
    private static final ModelName OTHER = new ModelName("other");

    @Test
    void aCallerIsBoundAtEveryLevelAndByTheModelItAsksFor() {
        LimitBook book = new LimitBook(
                List.of(
                        limit(1, Level.ORGANISATION, new UUID(0, 0), Optional.empty()),
                        limit(2, Level.TENANT, CALLER.tenant().value(), Optional.of(CHAT)),
                        limit(3, Level.PROJECT, CALLER.project().value(), Optional.empty()),
                        limit(4, Level.KEY, CALLER.key().value(), Optional.of(CHAT)),
                        limit(5, Level.KEY, new UUID(0, 99), Optional.empty())),
                6_000);
        assertThat(ids(book, CHAT)).contains(1L, 2L, 3L, 4L).doesNotContain(5L);
        assertThat(ids(book, OTHER)).contains(1L, 3L).doesNotContain(2L, 4L, 5L);
    }

    @Test
    void theDefaultBindsAKeyAndATenantThatHaveNoOwn() {
        LimitBook none = new LimitBook(List.of(), 6_000);
        assertThat(none.of(CALLER, CHAT, Sample.NOW))
                .extracting(Terms::rule)
                .containsExactly(new Rule.Flow(6_000, 60_000_000), new Rule.Flow(6_000, 60_000_000));
        LimitBook own = new LimitBook(List.of(limit(1, Level.KEY, CALLER.key().value(), Optional.empty())), 6_000);
        assertThat(own.of(CALLER, CHAT, Sample.NOW))
                .extracting(terms -> terms.rule().amount())
                .containsExactlyInAnyOrder(6_000L, 100L);
    }

    @Test
    void anOverrideHoldsFromItsFirstMomentToTheOneBeforeItsLast() {
        Instant now = Instant.EPOCH.plus(Sample.NOW, ChronoUnit.MICROS);
        Limit limit = limit(1, Level.TENANT, CALLER.tenant().value(), Optional.empty())
                .with(List.of(new Limit.Override(500, now.plusSeconds(10), now.plusSeconds(20))));
        LimitBook book = new LimitBook(List.of(limit), 6_000);
        assertThat(amount(book, 10 * Sample.SECOND - 1)).isEqualTo(100);
        assertThat(amount(book, 10 * Sample.SECOND)).isEqualTo(500);
        assertThat(amount(book, 20 * Sample.SECOND - 1)).isEqualTo(500);
        assertThat(amount(book, 20 * Sample.SECOND)).isEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource({
        "DAY, UTC, 2026-11-24T10:00:00Z, 2026-11-24T00:00:00Z, 2026-11-25T00:00:00Z",
        "DAY, Asia/Kolkata, 2026-11-24T20:00:00Z, 2026-11-24T18:30:00Z, 2026-11-25T18:30:00Z",
        "DAY, Europe/Berlin, 2026-03-29T12:00:00Z, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z",
        "MONTH, America/New_York, 2026-03-01T04:59:59Z, 2026-02-01T05:00:00Z, 2026-03-01T05:00:00Z",
        "QUARTER, UTC, 2026-12-31T23:59:59Z, 2026-10-01T00:00:00Z, 2027-01-01T00:00:00Z",
        "QUARTER, UTC, 2026-05-15T00:00:00Z, 2026-04-01T00:00:00Z, 2026-07-01T00:00:00Z",
    })
    void aWindowGoesByTheCalendarOfItsZone(Period period, String zone, Instant now, Instant begin, Instant end) {
        Limit limit = new Limit(
                new UUID(0, 1),
                Level.ORGANISATION,
                new UUID(0, 0),
                Optional.empty(),
                Measure.CHARGE,
                period,
                100,
                OptionalInt.empty(),
                ZoneId.of(zone),
                List.of());
        Terms terms = limit.at(micros(now));
        assertThat(terms.key().since()).isEqualTo(micros(begin));
        assertThat(terms.rule()).isEqualTo(new Rule.Window(100, micros(end)));
        assertThat(limit.holdsUntil(micros(now))).isEqualTo(micros(end));
    }

    private static long amount(LimitBook book, long after) {
        return book.of(CALLER, CHAT, Sample.NOW + after).stream()
                .filter(terms -> terms.limit().period() == Period.DAY)
                .mapToLong(terms -> terms.rule().amount())
                .sum();
    }

    private static List<Long> ids(LimitBook book, ModelName model) {
        return book.of(CALLER, model, Sample.NOW).stream()
                .map(terms -> terms.limit().id().getLeastSignificantBits())
                .toList();
    }

    private static Limit limit(int id, Level level, UUID subject, Optional<ModelName> model) {
        return new Limit(
                new UUID(0, id),
                level,
                subject,
                model,
                Measure.REQUESTS,
                level == Level.KEY ? Period.MINUTE : Period.DAY,
                100,
                OptionalInt.empty(),
                ZoneOffset.UTC,
                List.of());
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
