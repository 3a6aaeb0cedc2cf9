package dev.gatehouse.gateway.anthropic;

import com.linecorp.armeria.common.QueryParams;
import dev.gatehouse.gateway.catalog.Model;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the models that there are.
 *
 * @param more there are others in the direction that was asked for
 */
record Page(List<Model> models, boolean more) {

    private static final int MOST = 1000;
    private static final String USUAL = "20";

    /** The page after {@code after_id}, before {@code before_id} or from the first, of {@code limit} models at most. */
    static Page of(List<Model> all, QueryParams query) {
        int limit = limit(query.get("limit", USUAL));
        String before = query.get("before_id");
        if (before != null) {
            int to = index(all, "before_id", before);
            return new Page(all.subList(Math.max(0, to - limit), to), to > limit);
        }
        int from = after(all, query.get("after_id"));
        int to = Math.min(all.size(), from + limit);
        return new Page(all.subList(from, to), to < all.size());
    }

    private static int after(List<Model> all, @Nullable String id) {
        return id == null ? 0 : index(all, "after_id", id) + 1;
    }

    private static int index(List<Model> all, String param, String id) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).name().value().equals(id)) {
                return i;
            }
        }
        throw new Fault(Problem.at(Code.INVALID_VALUE, param, "'" + param + "' is no model of this list."));
    }

    private static int limit(String text) {
        if (text.matches("[1-9][0-9]{0,3}") && Integer.parseInt(text) <= MOST) {
            return Integer.parseInt(text);
        }
        throw new Fault(Problem.at(Code.INVALID_VALUE, "limit", "'limit' goes from 1 to " + MOST + "."));
    }
}
