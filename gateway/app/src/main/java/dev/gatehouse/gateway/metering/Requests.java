package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.Page;
import dev.gatehouse.gateway.access.Paging;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.NodeName;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.time.Instant;
import java.util.Optional;

/** What became of requests, and what they used. Every method throws a {@code DATABASE_UNAVAILABLE} fault when PostgreSQL is away. */
public interface Requests {

    /**
     * Which requests are wanted; what is empty does not matter.
     *
     * @param from those that arrived at this moment or later
     * @param until those that arrived before this moment
     */
    record Filter(Whose whose, Marks marks, Instant from, Instant until) {

        /** All that arrived in a time, of someone. */
        public Filter(Whose whose, Instant from, Instant until) {
            this(whose, Marks.ANY, from, until);
        }
    }

    /** Whose requests, and for which model: what sums are kept of. */
    record Whose(
            Optional<TenantId> tenant, Optional<ProjectId> project, Optional<KeyId> key, Optional<ModelName> model) {

        public static final Whose ANYBODY =
                new Whose(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        boolean holds(Request request) {
            return isOr(tenant, request.caller().tenant())
                    && isOr(project, request.caller().project())
                    && isOr(key, request.caller().key())
                    && isOr(model, request.model());
        }
    }

    /**
     * What became of a request.
     *
     * @param kind how it ended, as the database names it
     * @param code why it failed or was refused
     * @param node one that generated for it
     * @param dialect as the database names it
     * @param minFirstTokenMs its first token came no sooner
     * @param minTotalMs it took no less
     * @param minCharge nano-units of the currency, before corrections
     */
    record Marks(
            Optional<String> kind,
            Optional<String> code,
            Optional<NodeName> node,
            Optional<String> dialect,
            Optional<Double> minFirstTokenMs,
            Optional<Double> minTotalMs,
            Optional<Long> minCharge) {

        public static final Marks ANY = ofKind(Optional.empty());

        /** Of those that ended in a way. */
        public static Marks ofKind(Optional<String> kind) {
            return new Marks(
                    kind,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }

        boolean hold(Request request) {
            return isOr(kind, request.kind())
                    && (code.isEmpty() || code.equals(request.code()))
                    && node.map(NodeName::value).map(request.nodes()::contains).orElse(true)
                    && isOr(dialect, request.dialect())
                    && minFirstTokenMs
                            .map(least -> request.firstTokenMs()
                                    .map(ms -> ms >= least)
                                    .orElse(false))
                            .orElse(true)
                    && minTotalMs.map(least -> request.totalMs() >= least).orElse(true)
                    && minCharge.map(least -> request.charge() >= least).orElse(true);
        }

        /** Whether nothing matters that sums of hours do not tell. */
        boolean areOfHours() {
            return code.isEmpty() && minFirstTokenMs.isEmpty() && minTotalMs.isEmpty() && minCharge.isEmpty();
        }
    }

    private static <T> boolean isOr(Optional<T> wanted, T value) {
        return wanted.isEmpty() || wanted.get().equals(value);
    }

    /** Those that have ended, the latest first. Paging goes by the time of arrival. */
    Page<Request> list(Actor actor, Filter filter, Paging paging);

    /** All that is known of one request, also of one that is under way. */
    Optional<RequestDetail> find(Actor actor, IntentId id);
}
