package dev.gatehouse.launcher.system;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A script that the echo engine plays. */
record Script(Map<String, Object> members) {

    static Script says(String content) {
        return new Script(new LinkedHashMap<>()).with("content", content);
    }

    /** So many words, one token each. */
    static Script words(int count) {
        return says("word ".repeat(count));
    }

    Script with(String member, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(members);
        more.put(member, value);
        return new Script(more);
    }

    Script pacedMs(int pace) {
        return with("paceMs", pace);
    }

    /** Tokens end after each byte of everything that is said. */
    Script cutEverywhere(int bytes) {
        List<Integer> cuts = new ArrayList<>();
        for (int i = 1; i < bytes; i++) {
            cuts.add(i);
        }
        return with("cut", cuts);
    }

    String streamed(String... more) {
        return Client.chat(EchoStacks.MODEL, Client.JSON.writeValueAsString(members), true, more);
    }

    String whole(String... more) {
        return Client.chat(EchoStacks.MODEL, Client.JSON.writeValueAsString(members), false, more);
    }
}
