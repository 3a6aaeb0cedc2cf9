package dev.gatehouse.launcher;

import dev.gatehouse.launcher.data.Quickstart;
import java.util.Optional;

/**
 * Everything answers.
 *
 * @param model a model that the gateway lists; empty when nodes register from elsewhere
 */
record Started(Quickstart quickstart, Optional<String> model) {
    /** What a person needs to try it; {@code dataOption} names the installation to other verbs. */
    String instructions(String dataOption) {
        return """

               Gatehouse is ready. Ctrl-C ends it.
                 base URL  %s
                 API key   %s
               """.formatted(quickstart.baseUrl(), quickstart.apiKey())
                + toOpen()
                + model.map(name -> toTry(name, dataOption)).orElse("");
    }

    private String toOpen() {
        return quickstart.consoleUrl().isEmpty()
                ? ""
                : "  console   %s (good once; ./gatehouse console prints another)\n".formatted(quickstart.consoleUrl());
    }

    private String toTry(String name, String dataOption) {
        return """
               Try it:
                 ./gatehouse chat%4$s "What is 123 + 456?"
                 curl %1$s/chat/completions -H 'authorization: Bearer %2$s' -H 'content-type: application/json' \\
                   -d '{"model":"%3$s","messages":[{"role":"user","content":"What is 123 + 456?"}]}'
               """.formatted(quickstart.baseUrl(), quickstart.apiKey(), name, dataOption);
    }
}
