package dev.gatehouse.worker.openai;

/**
 * Which regular expressions a grammar can hold a JSON string to: whole ones, of characters that a JSON string has
 * unescaped, listed classes, groups, alternatives and repetitions.
 */
final class PatternRules {

    private static final String META = "^$.[]()|{}*+?";
    private static final int DEEPEST = 50;

    private final Member pattern;
    private final String text;
    private int at;

    private PatternRules(Member pattern, String text) {
        this.pattern = pattern;
        this.text = text;
    }

    /** @throws ApiException 400; it says what of the pattern is not supported */
    static void check(Member pattern) throws ApiException {
        String text = pattern.string();
        if (text.length() < 3 || !text.startsWith("^") || !text.endsWith("$") || text.endsWith("\\$")) {
            throw pattern.wrong("unsupported_value", "must describe the whole text: begin it with ^ and end it with $");
        }
        PatternRules rules = new PatternRules(pattern, text.substring(1, text.length() - 1));
        rules.alternatives(0);
        if (rules.at < rules.text.length()) {
            throw rules.unsupported("a ) that closes nothing");
        }
    }

    private void alternatives(int depth) throws ApiException {
        if (depth > DEEPEST) {
            throw unsupported("more than " + DEEPEST + " groups inside each other");
        }
        do {
            int start = at;
            while (at < text.length() && text.charAt(at) != '|' && text.charAt(at) != ')') {
                atom(depth);
                repetition();
            }
            if (at == start) {
                throw unsupported("an empty alternative");
            }
        } while (skip('|'));
    }

    private void atom(int depth) throws ApiException {
        char c = text.charAt(at++);
        switch (c) {
            case '(' -> group(depth);
            case '[' -> characters();
            case '\\' -> escaped();
            default -> {
                if (META.indexOf(c) >= 0) {
                    throw unsupported("the character " + c + " at this place");
                }
                plain(c);
            }
        }
    }

    private void group(int depth) throws ApiException {
        if (skip('?') && !skip(':')) {
            throw unsupported("a group that begins with (? other than (?:");
        }
        alternatives(depth + 1);
        if (!skip(')')) {
            throw unsupported("a ( that nothing closes");
        }
    }

    private void characters() throws ApiException {
        if (at < text.length() && text.charAt(at) == '^') {
            throw unsupported("a class of all other characters [^…]. List those that are allowed");
        }
        int start = at;
        while (at < text.length() && text.charAt(at) != ']') {
            char from = classCharacter();
            boolean range = at + 1 < text.length() && text.charAt(at) == '-' && text.charAt(at + 1) != ']';
            at += range ? 1 : 0;
            range(from, range ? classCharacter() : from);
        }
        if (at == start || !skip(']')) {
            throw unsupported("an empty class or one that nothing closes");
        }
    }

    private char classCharacter() throws ApiException {
        char c = text.charAt(at++);
        if (c != '\\') {
            return c;
        }
        if (at == text.length() || "[]".indexOf(text.charAt(at)) < 0) {
            throw unsupported("an escape other than \\[ and \\] in a class. List its characters");
        }
        return text.charAt(at++);
    }

    private void range(char from, char to) throws ApiException {
        if (from > to) {
            throw unsupported("a range that ends before it begins");
        }
        for (char special : new char[] {'"', '\\'}) {
            if (from <= special && special <= to) {
                throw unsupported("a class with the character " + special);
            }
        }
        plain(from);
    }

    private void escaped() throws ApiException {
        if (at == text.length() || META.indexOf(text.charAt(at)) < 0) {
            throw unsupported("the escape \\" + (at < text.length() ? text.charAt(at) : "")
                    + ". List its characters, as in [0-9]");
        }
        at++;
    }

    private void plain(char c) throws ApiException {
        if (c < ' ' || c == '"' || c == '\\') {
            throw unsupported("quotes, backslashes and control characters");
        }
    }

    private void repetition() throws ApiException {
        if (skip('*') || skip('+') || skip('?')) {
            return;
        }
        if (skip('{')) {
            int end = text.indexOf('}', at);
            String bounds = end < 0 ? "" : text.substring(at, end);
            if (!bounds.matches("\\d{1,4}(,(\\d{1,4})?)?") || largest(bounds) > SchemaRules.MOST_REPETITIONS) {
                throw unsupported("a repetition other than {m}, {m,} and {m,n} up to " + SchemaRules.MOST_REPETITIONS);
            }
            at = end + 1;
        }
    }

    private static int largest(String bounds) {
        int largest = 0;
        for (String bound : bounds.split(",", -1)) {
            largest = Math.max(largest, bound.isEmpty() ? 0 : Integer.parseInt(bound));
        }
        return largest;
    }

    private boolean skip(char c) {
        boolean there = at < text.length() && text.charAt(at) == c;
        at += there ? 1 : 0;
        return there;
    }

    private ApiException unsupported(String what) {
        return pattern.wrong("unsupported_value", "has " + what + ", which is not supported");
    }
}
