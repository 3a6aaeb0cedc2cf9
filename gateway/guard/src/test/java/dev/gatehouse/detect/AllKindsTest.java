package dev.gatehouse.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.detect.StreamFilter.Notation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import tools.jackson.databind.json.JsonMapper;

/** All kinds together, in random texts full of findings, parts of findings, and findings that overlap. */
final class AllKindsTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** A token's first part, and what of its second is needed to know it for one. */
    private static final long MOST_HELD = 1_040;

    private static final String[] BETWEEN = {
        " ",
        " ",
        ". ",
        ", ",
        "\n",
        "",
        "",
        "-",
        "@",
        "é",
        "\u200b",
        "😀",
        "and",
        "DE",
        "sk-",
        "gh_live_",
        "eyJ",
        "x.example.org",
        "4111",
        "-----BEGIN EC PRIVATE KEY-----\n",
        ".eyJ",
        "0",
        "_"
    };

    private static String text(Random random) {
        return text(random, BETWEEN);
    }

    private static String text(Random random, String... between) {
        StringBuilder text = new StringBuilder();
        int parts = random.nextInt(12);
        for (int i = 0; i < parts; i++) {
            text.append(between[random.nextInt(between.length)]);
            String value = value(random);
            int cut = random.nextInt(4) == 0 ? random.nextInt(value.length() / 2) : 0;
            text.append(random.nextBoolean() ? value.substring(cut) : value.substring(0, value.length() - cut));
        }
        return text.toString();
    }

    private static String value(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> Samples.gatewayKey(random);
            case 1 -> {
                List<Map.Entry<String, String>> secrets = Samples.secrets(random);
                Map.Entry<String, String> secret = secrets.get(random.nextInt(secrets.size()));
                yield secret.getKey() + secret.getValue();
            }
            case 2 -> Samples.iban(random);
            case 3 -> "4111 1111 1111 1111";
            case 4 -> Samples.address(random);
            default -> "word ";
        };
    }

    private static List<String> split(String text, Random random) {
        List<String> pieces = new ArrayList<>();
        for (int from = 0; from < text.length(); ) {
            int to = Math.min(text.length(), from + 1 + random.nextInt(random.nextBoolean() ? 3 : 40));
            pieces.add(text.substring(from, to));
            from = to;
        }
        return pieces;
    }

    private static Remedies remedies(Random random) {
        Map<Kind, Remedy> chosen = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            chosen.put(kind, Remedy.values()[random.nextInt(Remedy.values().length)]);
        }
        return Remedies.of(kind -> chosen.getOrDefault(kind, Remedy.MASK));
    }

    private record Outcome(String text, Map<Kind, Integer> seen, boolean stopped) {}

    private static Outcome outcome(Notation notation, Remedies remedies, List<String> pieces) {
        Map<Kind, Integer> seen = new HashMap<>();
        StreamFilter filter =
                new StreamFilter(notation, remedies, finding -> seen.merge(finding.kind(), 1, Integer::sum));
        String text = Filters.pieces(filter, pieces);
        return new Outcome(text, seen, filter.stop().isPresent());
    }

    @Property(tries = 3_000)
    void makeTheSameTextHoweverItIsSplit(@ForAll long seed) {
        Random random = new Random(seed);
        String text = text(random);
        Remedies remedies = remedies(random);
        Outcome whole = outcome(Notation.PLAIN, remedies, List.of(text));
        Outcome split = outcome(Notation.PLAIN, remedies, split(text, random));
        assertThat(split.text()).isEqualTo(whole.text());
        assertThat(split.stopped()).isEqualTo(whole.stopped());
        if (!whole.stopped()) {
            assertThat(split.seen()).isEqualTo(whole.seen());
        }
    }

    @Property(tries = 2_000)
    void areNotFoundInWhatIsMasked(@ForAll long seed) {
        String text = text(new Random(seed), ", ", ". ", "\n", " and ");
        String masked = Filters.masked(text);
        assertThat(Filters.masked(masked)).isEqualTo(masked);
    }

    @Property(tries = 1_000)
    void areHeldUpToABound(@ForAll long seed) {
        Sweep sweep = new Sweep(EnumSet.allOf(Kind.class), finding -> {});
        long read = 0;
        for (char unit : text(new Random(seed)).replace("\u200b", "").toCharArray()) {
            sweep.accept(unit, 1);
            read++;
            assertThat(read - sweep.settled()).isLessThanOrEqualTo(MOST_HELD);
        }
    }

    @Property(tries = 1_000)
    void passWhereTheyAreOnlyObserved(@ForAll long seed) {
        Random random = new Random(seed);
        StreamFilter filter = Filters.filter(Notation.PLAIN, Remedies.all(Remedy.OBSERVE));
        for (String piece : split(text(random).replace("😀", ""), random)) {
            assertThat(filter.feed(piece)).isSameAs(piece);
        }
    }

    @Property(tries = 1_000)
    void leaveTheBeginningOfTheMaskedTextWhenTheyEndIt(@ForAll long seed) {
        Random random = new Random(seed);
        String text = text(random);
        Outcome stopped = outcome(Notation.PLAIN, Remedies.all(Remedy.BLOCK), split(text, random));
        String masked = Filters.masked(text);
        assertThat(masked).startsWith(stopped.text());
        assertThat(stopped.stopped()).isEqualTo(!masked.equals(text));
    }

    @Property(tries = 1_000)
    void areFoundInEscapesAndLeaveADocument(@ForAll long seed) {
        Random random = new Random(seed);
        String text = text(random).replace("😀", "");
        String document = "{\"text\":\"" + escaped(text, random) + "\",\"list\":[4111111111111111,1]}";
        Outcome masked = outcome(Notation.JSON, Filters.ALL, split(document, random));
        assertThat(JSON.readTree(masked.text()).get("text").asString()).isEqualTo(Filters.masked(text));
        assertThat(JSON.readTree(masked.text()).get("list").get(0).asInt()).isZero();
    }

    private static String escaped(String text, Random random) {
        StringBuilder out = new StringBuilder();
        for (char unit : text.toCharArray()) {
            boolean must = unit == '"' || unit == '\\' || unit < ' ';
            out.append(must || random.nextInt(3) == 0 ? "\\u%04x".formatted((int) unit) : unit);
        }
        return out.toString();
    }
}
