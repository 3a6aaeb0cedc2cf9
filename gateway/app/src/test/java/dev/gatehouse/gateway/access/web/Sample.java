package dev.gatehouse.gateway.access.web;

import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How an operation is called so that it would work, and whose affair it is.
 *
 * @param query what stands after the question mark; empty for nothing
 * @param body JSON; empty for none
 */
record Sample(Whose whose, String query, String body) {

    /** Whose affair an operation is. */
    enum Whose {
        /** It is about the things of one tenant or of several: a tenant's user must see and touch only its own. */
        TENANTS,
        /** It is for users of the whole installation: a tenant's user is refused, whatever its role. */
        INSTALLATION,
        /** It is about no tenant, or tells sums that name none. */
        SHARED
    }

    /**
     * An operation, whose it is, and its query (of a GET or a DELETE) or its body. Braces name a thing of the tenant that is asked about
     * ({@link Tenancy#things()}). A GET without required parameters, and anything else that takes no body, needs a line only if it is
     * not TENANTS.
     */
    private static final String TABLE = """
            GET /session                | SHARED       |
            POST /session               | SHARED       | {"name":"admin","password":"{password}"}
            DELETE /session             | SHARED       |
            PUT /session/password       | SHARED       | {"old":"{password}","new":"{password}"}
            POST /session/links         | SHARED       |
            POST /users                 | TENANTS      | {"name":"{mark}-{fresh}","role":"auditor","tenant":"{tenant}"}
            PUT /users/{id}             | TENANTS      | {"role":"billing"}
            POST /tenants               | INSTALLATION | {"name":"new {fresh}"}
            PUT /tenants/{id}           | TENANTS      | {"name":"{mark} {fresh}"}
            POST /projects              | TENANTS      | {"tenant":"{tenant}","name":"{mark} {fresh}"}
            PUT /projects/{id}          | TENANTS      | {"name":"{mark} {fresh}"}
            POST /keys                  | TENANTS      | {"project":"{project}","name":"{mark}"}
            PUT /keys/{id}              | TENANTS      | {"name":"{mark}"}
            POST /keys/{id}/rotate      | TENANTS      | {}
            POST /limits                | TENANTS      | {"level":"project","subject":"{project}","what":"requests","per":"hour","amount":"5"}
            PUT /limits/{id}            | TENANTS      | {"amount":"6"}
            POST /limits/{id}/overrides | TENANTS      | {"amount":"7","until":"2099-01-01T00:00:00Z"}
            GET /me                     | SHARED       |
            POST /access-requests       | TENANTS      | {"project":"{project}","reason":"tests"}
            POST /access-requests/{id}/approve | TENANTS | {}
            POST /access-requests/{id}/decline | TENANTS | {}
            GET /views                  | SHARED       |
            PUT /views                  | SHARED       | {"page":"requests","name":"failed","search":"kind=failed","shared":false}
            DELETE /views               | SHARED       | page=requests&name=failed
            GET /quota                  | TENANTS      | key={key}&model=any
            GET /prices                 | SHARED       |
            POST /prices                | INSTALLATION | {"model":"{model}"}
            GET /prices/{id}            | SHARED       |
            PUT /prices/{id}            | INSTALLATION | {"until":"2099-01-01T00:00:00Z"}
            DELETE /prices/{id}         | INSTALLATION |
            GET /tariffs                | INSTALLATION |
            POST /tariffs               | INSTALLATION | {"nodeHour":"1"}
            DELETE /tariffs/{id}        | INSTALLATION |
            GET /usage                  | TENANTS      | by=tenant
            GET /usage/forecast         | SHARED       |
            GET /series                 | SHARED       |
            GET /requests/histogram     | SHARED       |
            GET /models                 | SHARED       |
            GET /nodes                  | INSTALLATION |
            GET /nodes/{name}           | INSTALLATION |
            POST /nodes/{name}/drain    | INSTALLATION |
            POST /nodes/{name}/undrain  | INSTALLATION |
            POST /reconciliations       | INSTALLATION | {}
            """;

    private static final Pattern BRACES = Pattern.compile("\\{([a-z-]+)}");

    private static final Map<String, Sample> LINES = TABLE.lines()
            .map(line -> line.split(" *\\| *", 3))
            .collect(Collectors.toMap(columns -> columns[0], Sample::of));

    /** The line of an operation, or what goes without saying; fails when a line is missing. */
    static Sample of(Operation operation) {
        Sample line = LINES.get(operation.name());
        if (line != null) {
            return line;
        }
        if (operation.body() || !operation.required().isEmpty()) {
            throw new AssertionError("Sample.TABLE has no line for %s: add '%s | TENANTS, INSTALLATION or SHARED | %s'"
                    .formatted(
                            operation,
                            operation,
                            operation.body()
                                    ? "a body that works"
                                    : operation.required().stream().collect(Collectors.joining("=…&", "", "=…"))));
        }
        return new Sample(Whose.TENANTS, "", "");
    }

    /** Operations of the table that are no more. */
    static Iterable<String> names() {
        return LINES.keySet();
    }

    boolean namesSomething() {
        return query.contains("{") || body.contains("{tenant}") || body.contains("{project}");
    }

    /** Fills braces in; fails when nothing is known of what they name. */
    static String filled(String template, Map<String, String> things) {
        Function<String, String> known = name -> {
            String value = things.get(name);
            if (value == null) {
                throw new AssertionError(
                        "%s: Tenancy seeds no '%s': make one for each tenant there".formatted(template, name));
            }
            return value;
        };
        return BRACES.matcher(template).replaceAll(found -> Matcher.quoteReplacement(known.apply(found.group(1))));
    }

    private static Sample of(String[] columns) {
        boolean asked = columns[0].startsWith("GET ") || columns[0].startsWith("DELETE ");
        String third = columns[2].strip();
        return new Sample(Whose.valueOf(columns[1].strip()), asked ? third : "", asked ? "" : third);
    }
}
