package dev.gatehouse.gateway.audit;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A column of an appended table and where its values come from.
 *
 * @param wire type of the array that carries the values; these travel in binary
 * @param cast from the wire's type to the column's; empty when they are the same
 */
record Column<E>(
        String name,
        String wire,
        String cast,
        IntFunction<@Nullable Object[]> array,
        Function<E, ? extends @Nullable Object> value) {

    static <E> Column<E> uuid(String name, Function<E, UUID> value) {
        return new Column<>(
                name, "text", "::uuid", String[]::new, row -> value.apply(row).toString());
    }

    /** PostgreSQL has no NUL in texts, and one that a client sent must not stop the row. */
    static <E> Column<E> text(String name, Function<E, @Nullable String> value) {
        return new Column<>(name, "text", "", String[]::new, row -> withoutNul(value.apply(row)));
    }

    static <E> Column<E> json(String name, Function<E, @Nullable String> value) {
        return new Column<>(name, "text", "::jsonb", String[]::new, value);
    }

    static <E> Column<E> int8(String name, Function<E, @Nullable Long> value) {
        return new Column<>(name, "int8", "", Long[]::new, value);
    }

    static <E> Column<E> int4(String name, Function<E, Integer> value) {
        return new Column<>(name, "int4", "", Integer[]::new, value);
    }

    static <E> Column<E> float4(String name, Function<E, @Nullable Double> value) {
        return new Column<>(name, "float4", "", Float[]::new, row -> narrow(value.apply(row)));
    }

    static <E> Column<E> bool(String name, Function<E, Boolean> value) {
        return new Column<>(name, "bool", "", Boolean[]::new, value);
    }

    static <E> Column<E> bytea(String name, Function<E, byte[]> value) {
        return new Column<>(name, "bytea", "", byte[][]::new, value);
    }

    @Nullable
    Object[] values(List<E> rows) {
        @Nullable Object[] values = array.apply(rows.size());
        for (int i = 0; i < values.length; i++) {
            values[i] = value.apply(rows.get(i));
        }
        return values;
    }

    private static @Nullable String withoutNul(@Nullable String text) {
        return text == null ? null : text.replace('\0', '\uFFFD');
    }

    private static @Nullable Float narrow(@Nullable Double number) {
        return number == null ? null : number.floatValue();
    }
}
