package dev.gatehouse.gateway.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Lets a test see how PostgreSQL plans each statement that a room runs, with the values that it runs with. */
public final class WatchedStatements {

    private final List<Planned> planned = new ArrayList<>();

    /** A statement and its plan, as JSON. */
    public record Planned(String sql, String plan) {}

    public List<Planned> planned() {
        return List.copyOf(planned);
    }

    public void forget() {
        planned.clear();
    }

    /** The same database, whose clients are watched. */
    public <T> T watch(Class<T> database, T real) {
        return database.cast(Proxy.newProxyInstance(
                database.getClassLoader(), new Class<?>[] {database}, (_, method, arguments) -> {
                    Object[] passed = arguments.clone();
                    for (int i = 0; i < passed.length; i++) {
                        passed[i] = passed[i] instanceof Function<?, ?> work ? watched(work) : passed[i];
                    }
                    return call(real, method, passed);
                }));
    }

    @SuppressWarnings("unchecked")
    private Function<JdbcClient, Object> watched(Function<?, ?> work) {
        return client -> ((Function<JdbcClient, Object>) work).apply(watched(client));
    }

    private JdbcClient watched(JdbcClient client) {
        return (JdbcClient) Proxy.newProxyInstance(
                JdbcClient.class.getClassLoader(), new Class<?>[] {JdbcClient.class}, (_, method, arguments) -> {
                    Object made = call(client, method, arguments);
                    return made instanceof JdbcClient.StatementSpec spec
                            ? watched(client, (String) arguments[0], spec)
                            : made;
                });
    }

    /** Repeats what is set on a statement on another one, which explains it. */
    private JdbcClient.StatementSpec watched(JdbcClient client, String sql, JdbcClient.StatementSpec real) {
        JdbcClient.StatementSpec explaining = client.sql("EXPLAIN (FORMAT JSON) " + sql);
        return (JdbcClient.StatementSpec) Proxy.newProxyInstance(
                JdbcClient.class.getClassLoader(),
                new Class<?>[] {JdbcClient.StatementSpec.class},
                (self, method, arguments) -> {
                    if (method.getReturnType() == JdbcClient.StatementSpec.class) {
                        call(explaining, method, arguments);
                        call(real, method, arguments);
                        return self;
                    }
                    planned.add(new Planned(sql, explaining.query(String.class).single()));
                    return call(real, method, arguments);
                });
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
