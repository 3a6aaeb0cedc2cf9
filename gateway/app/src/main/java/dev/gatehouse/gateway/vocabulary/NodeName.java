package dev.gatehouse.gateway.vocabulary;

import java.util.regex.Pattern;

/** An inference node's name: 1 to 63 lower-case letters, digits and hyphens, as in a DNS label. */
public record NodeName(String value) {

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    public NodeName {
        if (!LABEL.matcher(value).matches()) {
            throw new IllegalArgumentException("a node's name has 1 to 63 lower-case letters, digits and hyphens");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
