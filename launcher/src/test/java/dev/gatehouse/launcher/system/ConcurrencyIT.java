package dev.gatehouse.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(Stacks.class)
class ConcurrencyIT {

    private static final int STREAMS = 64;

    @Test
    void manyStreamsAtOnceAnswerAsEachDoesAlone(Stack stack) throws Exception {
        Map<String, String> sums = answeredRightAlone(stack);
        Map<String, String> answers = new ConcurrentHashMap<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> all = sums.keySet().stream()
                    .map(question -> callers.submit(() -> answers.put(question, answer(stack, question))))
                    .toList();
            for (Future<String> one : all) {
                one.get();
            }
        }
        assertThat(sums.entrySet())
                .filteredOn(sum -> sum.getValue().equals(answers.get(sum.getKey())))
                .hasSizeGreaterThanOrEqualTo(62);
        assertThat(sums.keySet()).allSatisfy(question -> {
            Set<String> others = new LinkedHashSet<>(sums.values());
            others.remove(sums.get(question));
            assertThat(others).doesNotContain(answers.get(question));
        });
    }

    /** Additions with different sums, drawn by a fixed seed, that the model answers rightly one at a time. */
    private static Map<String, String> answeredRightAlone(Stack stack) {
        Random random = new Random(20261124);
        Map<String, String> sums = new LinkedHashMap<>();
        while (sums.size() < STREAMS) {
            int a = random.nextInt(100, 500);
            int b = random.nextInt(100, 500);
            String question = "What is " + a + " + " + b + "?";
            String sum = Integer.toString(a + b);
            if (!sums.containsValue(sum) && answer(stack, question).equals(sum)) {
                sums.put(question, sum);
            }
        }
        return sums;
    }

    private static String answer(Stack stack, String question) {
        List<String> events = stack.client().stream(Client.chat("tiny-moe", question, true, "\"temperature\":0"));
        assertThat(events.getLast()).isEqualTo("[DONE]");
        StringBuilder content = new StringBuilder();
        for (String event : events.subList(0, events.size() - 1)) {
            JsonNode delta = Client.JSON.readTree(event).at("/choices/0/delta/content");
            content.append(delta.asString(""));
        }
        return content.toString().strip();
    }
}
