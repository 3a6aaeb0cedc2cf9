package dev.gatehouse.bench.node;

import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Which members a JSON document has and of which kind their values are, whatever those values. */
final class Shape {

    private Shape() {}

    static SortedSet<String> of(JsonNode node) {
        SortedSet<String> found = new TreeSet<>();
        collect("", node, found);
        return found;
    }

    private static void collect(String path, JsonNode node, SortedSet<String> found) {
        if (node.isObject()) {
            node.properties().forEach(member -> collect(path + "/" + member.getKey(), member.getValue(), found));
        } else if (node.isArray() && !node.isEmpty()) {
            node.forEach(element -> collect(path + "/*", element, found));
        } else {
            found.add(path + " " + kind(node));
        }
    }

    private static String kind(JsonNode node) {
        return node.isNumber() ? "number" : node.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
    }
}
