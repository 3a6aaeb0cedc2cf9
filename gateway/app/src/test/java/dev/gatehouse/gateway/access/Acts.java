package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.Act;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Hears of acts, and may refuse them. */
final class Acts {

    final List<Act> heard = new CopyOnWriteArrayList<>();
    volatile boolean refusing;

    void on(Object event) {
        if (refusing) {
            throw new IllegalStateException("a drill");
        }
        heard.add((Act) event);
    }

    List<String> what() {
        return heard.stream().map(Act::what).toList();
    }
}
