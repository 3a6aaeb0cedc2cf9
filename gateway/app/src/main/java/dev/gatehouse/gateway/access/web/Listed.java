package dev.gatehouse.gateway.access.web;

import dev.gatehouse.gateway.access.Page;
import dev.gatehouse.gateway.access.Paging;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param next the {@code cursor} of the part that follows; null at the end
 */
public record Listed<T>(List<T> items, @Nullable String next) {

    public static final String DEFAULT_LIMIT = "50";

    public static <S, T> Listed<T> of(Page<S> page, Function<S, T> view) {
        return new Listed<>(
                page.items().stream().map(view).toList(),
                page.next().map(Listed::cursor).orElse(null));
    }

    public static Paging paging(Optional<String> cursor, int limit) {
        Optional<UUID> after = cursor.map(text -> InvalidException.reading("cursor", () -> after(text)));
        return InvalidException.reading("limit", () -> new Paging(after, limit));
    }

    private static String cursor(UUID last) {
        byte[] bytes = ByteBuffer.allocate(16)
                .putLong(last.getMostSignificantBits())
                .putLong(last.getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static UUID after(String cursor) {
        byte[] bytes = Base64.getUrlDecoder().decode(cursor);
        if (bytes.length != 16) {
            throw new IllegalArgumentException("take it from 'next' of the part before");
        }
        ByteBuffer id = ByteBuffer.wrap(bytes);
        return new UUID(id.getLong(), id.getLong());
    }
}
