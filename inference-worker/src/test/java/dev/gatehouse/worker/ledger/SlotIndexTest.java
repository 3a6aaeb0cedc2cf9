package dev.gatehouse.worker.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SlotIndexTest {

    /** Against a plain map, with a fixed seed: few intents make long probe chains and several slots an intent. */
    @Test
    void findsExactlyWhatIsInItAfterManyAdditionsAndRemovals() {
        Random random = new Random(7);
        List<UUID> intents = new ArrayList<>();
        for (int i = 0; i < 700; i++) {
            intents.add(new UUID(random.nextLong(), random.nextLong()));
        }
        Map<Integer, UUID> model = new HashMap<>();
        SlotIndex index = new SlotIndex(0, slot -> intents.get(slot % intents.size()));
        for (int step = 0; step < 20_000; step++) {
            int slot = random.nextInt(2000);
            if (model.remove(slot) == null) {
                index.add(slot);
                model.put(slot, intents.get(slot % intents.size()));
            } else {
                index.remove(slot);
            }
        }

        for (UUID intent : intents) {
            List<Integer> found = new ArrayList<>();
            index.each(intent, found::add);
            List<Integer> expected = model.entrySet().stream()
                    .filter(entry -> entry.getValue().equals(intent))
                    .map(Map.Entry::getKey)
                    .toList();
            assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
        }
    }
}
