package dev.gatehouse.gateway.backend.node;

import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.NodeName;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;

/** A registration as it is on the wire. */
record RegistrationBody(
        String url,
        String version,
        String build,
        List<Model> models,
        int slots,
        int kvTokens,
        String state,
        Load load) {

    record Model(String id, String sha256, int context, int vocab) {}

    record Load(int running, int waiting, int kvUsed, double tokensPerSecond) {}

    /** @throws RuntimeException when the body is not a registration: a JacksonException or an IllegalArgumentException */
    static Registration read(JsonMapper json, NodeName name, byte[] body) {
        return json.readValue(body, RegistrationBody.class).toRegistration(name);
    }

    private Registration toRegistration(NodeName name) {
        return new Registration(
                name,
                reachable(URI.create(url)),
                version,
                build,
                models.stream()
                        .map(model -> new Registration.Served(
                                new ModelName(model.id), model.sha256, model.context, model.vocab))
                        .toList(),
                slots,
                kvTokens,
                Registration.State.valueOf(state.toUpperCase(Locale.ROOT)),
                new Registration.Load(load.running, load.waiting, load.kvUsed, load.tokensPerSecond));
    }

    private static URI reachable(URI url) {
        if (url.getHost() == null || !"http".equals(url.getScheme())) {
            throw new IllegalArgumentException("a node's url is http and has a host");
        }
        return url;
    }
}
