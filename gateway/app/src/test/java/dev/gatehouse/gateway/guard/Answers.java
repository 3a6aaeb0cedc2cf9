package dev.gatehouse.gateway.guard;

import dev.gatehouse.gateway.vocabulary.Channel;
import dev.gatehouse.gateway.vocabulary.Delta;
import dev.gatehouse.gateway.vocabulary.Reason;
import dev.gatehouse.gateway.vocabulary.Span;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A random answer of several channels, split into frames at random, and the frames into deliveries. */
final class Answers {

    private static final String[] WORDS = {
        "pay ", "with ", "é", "漢字", "😀", ". ", "- ", " ", "\n", "to-day", ", ", "(", ")", "the card", "\u200b", "+"
    };
    private static final String[] NUMBERS = {
        "4111111111111111",
        "5555555555554444",
        "378282246310005",
        "30569309025904",
        "6011111111111117",
        "4000000000000000006",
        "501800000009"
    };
    private static final List<Channel> CHANNELS = List.of(
            Channel.reasoning(0), Channel.content(0), Channel.tool(0, 0), Channel.tool(0, 1), Channel.content(1));

    private final Random random;
    private final boolean planted;
    private final Map<Channel, String> texts = new LinkedHashMap<>();
    private final List<Span> spans = new ArrayList<>();
    private int token;

    private Answers(long seed, boolean planted) {
        this.random = new Random(seed);
        this.planted = planted;
        for (Channel channel : CHANNELS) {
            texts.put(channel, channel.part() == Channel.Part.TOOL ? document() : text());
        }
        frames();
    }

    static Answers withNumbers(long seed) {
        return new Answers(seed, true);
    }

    static Answers clean(long seed) {
        return new Answers(seed, false);
    }

    static List<String> numbers() {
        return List.of(NUMBERS);
    }

    Map<Channel, String> texts() {
        return texts;
    }

    List<Span> spans() {
        return spans;
    }

    List<List<Span>> deliveries() {
        List<List<Span>> deliveries = new ArrayList<>();
        for (int from = 0; from < spans.size(); ) {
            int to = Math.min(spans.size(), from + 1 + random.nextInt(4));
            deliveries.add(spans.subList(from, to));
            from = to;
        }
        return deliveries;
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        int parts = random.nextInt(7);
        for (int i = 0; i < parts; i++) {
            text.append(WORDS[random.nextInt(WORDS.length)]);
            if (planted && random.nextInt(3) == 0) {
                text.append(written(NUMBERS[random.nextInt(NUMBERS.length)])).append(' ');
            }
            if (planted && random.nextInt(3) == 0) {
                text.append('#')
                        .append(Canary.ALL
                                .get(random.nextInt(Canary.ALL.size()))
                                .text())
                        .append('#');
            }
        }
        return text.toString();
    }

    private String written(String number) {
        String separator = List.of("", "", " ", "-", "\u00a0", "\u200b").get(random.nextInt(6));
        int group = 1 + random.nextInt(8);
        StringBuilder text = new StringBuilder("#");
        for (int i = 0; i < number.length(); i++) {
            text.append(i > 0 && i % group == 0 ? separator : "").append(number.charAt(i));
        }
        return text.append('#').toString();
    }

    private String document() {
        StringBuilder string = new StringBuilder();
        text().replace('\n', ' ').codePoints().forEach(codePoint -> {
            boolean escape = planted && random.nextInt(3) == 0;
            string.append(escape ? escaped(codePoint) : Character.toString(codePoint));
        });
        String number = planted && random.nextBoolean() ? NUMBERS[random.nextInt(NUMBERS.length)] : "true";
        return "{\"note\":\"" + string + "\",\"number\":" + number + "}";
    }

    static String escaped(int codePoint) {
        StringBuilder escaped = new StringBuilder();
        for (char unit : Character.toChars(codePoint)) {
            escaped.append("\\u%04x".formatted((int) unit));
        }
        return escaped.toString();
    }

    private void frames() {
        spans.add(span(List.of()));
        Map<Channel, Integer> at = new LinkedHashMap<>();
        for (int choice = 0; choice < 2; choice++) {
            while (left(choice, at)) {
                spans.add(span(deltas(choice, at)));
            }
            spans.add(span(List.of(new Delta.Finish(Channel.content(choice), Reason.STOP))));
        }
        spans.add(span(List.of()));
    }

    private boolean left(int choice, Map<Channel, Integer> at) {
        return CHANNELS.stream()
                .anyMatch(channel -> channel.choice() == choice
                        && at.getOrDefault(channel, 0)
                                < texts.getOrDefault(channel, "").length());
    }

    private List<Delta> deltas(int choice, Map<Channel, Integer> at) {
        List<Delta> deltas = new ArrayList<>();
        for (Channel channel : CHANNELS) {
            if (channel.choice() == choice && random.nextInt(3) == 0) {
                piece(channel, at).ifPresent(deltas::add);
            }
        }
        if (!deltas.isEmpty() && random.nextInt(3) == 0) {
            deltas.add(random.nextInt(deltas.size() + 1), new Delta.Marks(Channel.content(choice), "{}"));
        }
        return deltas;
    }

    private Optional<Delta> piece(Channel channel, Map<Channel, Integer> at) {
        String text = texts.getOrDefault(channel, "");
        int from = at.getOrDefault(channel, 0);
        int to = Math.min(text.length(), from + 1 + random.nextInt(9));
        if (to < text.length() && Character.isLowSurrogate(text.charAt(to))) {
            to++;
        }
        at.put(channel, to);
        if (from == text.length()) {
            return Optional.empty();
        }
        String piece = text.substring(from, to);
        return Optional.of(
                switch (channel.part()) {
                    case CONTENT -> new Delta.Text(channel, piece);
                    case REASONING -> new Delta.Reasoning(channel, piece);
                    case TOOL -> new Delta.ToolCall(channel, from == 0 ? "call_1" : "", from == 0 ? "add" : "", piece);
                });
    }

    private Span span(List<Delta> deltas) {
        int[] ids = new int[random.nextInt(3)];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = ++token;
        }
        return new Span(token, ids, deltas, ("{\"n\":" + spans.size() + "}").getBytes(StandardCharsets.UTF_8), true);
    }
}
