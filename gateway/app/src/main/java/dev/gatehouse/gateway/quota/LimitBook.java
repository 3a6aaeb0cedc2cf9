package dev.gatehouse.gateway.quota;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.ModelName;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** All limits as they were read, and who is bound by which. Immutable but for what it has looked up already. */
final class LimitBook {

    private static final int MOST_REMEMBERED = 50_000;
    private static final UUID EVERYBODY = new UUID(0, 0);

    private final Map<UUID, List<Limit>> bySubject;

    /** Models that some limit names; all others are alike. */
    private final Set<ModelName> named;

    private final int defaultRate;
    private final Cache<Asked, Page> pages =
            Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

    private record Asked(KeyId key, Optional<ModelName> model) {}

    /** What binds a caller until a moment. */
    private record Page(List<Terms> terms, long until) {}

    /** @param defaultRate requests a minute of a key and of a tenant for which no limit says how many */
    LimitBook(List<Limit> limits, int defaultRate) {
        this.bySubject = limits.stream().collect(Collectors.groupingBy(LimitBook::subject));
        this.named = limits.stream().flatMap(limit -> limit.model().stream()).collect(Collectors.toSet());
        this.defaultRate = defaultRate;
    }

    /** How many limits there are, defaults aside. */
    int size() {
        return bySubject.values().stream().mapToInt(List::size).sum();
    }

    /** What binds the caller at a moment, microseconds since the epoch, in the order of the buckets. */
    List<Terms> of(Caller caller, ModelName model, long now) {
        Asked asked = new Asked(caller.key(), Optional.of(model).filter(named::contains));
        Page page = pages.getIfPresent(asked);
        if (page == null || now >= page.until) {
            page = read(caller, model, now);
            pages.put(asked, page);
        }
        return page.terms;
    }

    /** The same at a moment that is over. */
    List<Terms> at(Caller caller, ModelName model, long past) {
        return read(caller, model, past).terms;
    }

    private Page read(Caller caller, ModelName model, long now) {
        List<Limit> binding = new ArrayList<>();
        for (UUID subject : List.of(
                EVERYBODY,
                caller.tenant().value(),
                caller.project().value(),
                caller.key().value())) {
            for (Limit limit : bySubject.getOrDefault(subject, List.of())) {
                if (limit.binds(caller, model)) {
                    binding.add(limit);
                }
            }
        }
        addDefault(binding, Level.TENANT, caller.tenant().value());
        addDefault(binding, Level.KEY, caller.key().value());
        long until =
                binding.stream().mapToLong(limit -> limit.holdsUntil(now)).min().orElse(Long.MAX_VALUE);
        List<Terms> terms = binding.stream()
                .map(limit -> limit.at(now))
                .sorted(Comparator.comparing(Terms::key))
                .toList();
        return new Page(terms, until);
    }

    private void addDefault(List<Limit> binding, Level level, UUID subject) {
        boolean own = binding.stream()
                .anyMatch(limit -> limit.level() == level
                        && limit.measure() == Measure.REQUESTS
                        && limit.period() == Period.MINUTE
                        && limit.model().isEmpty());
        if (!own) {
            binding.add(new Limit(
                    subject,
                    level,
                    subject,
                    Optional.empty(),
                    Measure.REQUESTS,
                    Period.MINUTE,
                    defaultRate,
                    OptionalInt.empty(),
                    ZoneOffset.UTC,
                    List.of()));
        }
    }

    private static UUID subject(Limit limit) {
        return limit.level() == Level.ORGANISATION ? EVERYBODY : limit.subject();
    }
}
