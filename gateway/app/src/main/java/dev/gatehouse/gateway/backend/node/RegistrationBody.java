package dev.gatehouse.gateway.backend.node;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.NodeName;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** A registration as it is on the wire and in the directory; all members are required. */
record RegistrationBody(
        String url,
        String version,
        String build,
        @JsonSetter(contentNulls = Nulls.FAIL) List<Model> models,
        int slots,
        int kvTokens,
        String state,
        Registration.Load load) {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final ObjectReader READER = JSON.readerFor(RegistrationBody.class)
            .with(
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

    record Model(String id, String sha256, int context, int vocab) {

        private static Model of(Registration.Served served) {
            return new Model(served.id().value(), served.sha256(), served.context(), served.vocab());
        }

        private Registration.Served toServed() {
            return new Registration.Served(new ModelName(id), sha256, context, vocab);
        }
    }

    /** @throws IllegalArgumentException when the body is not a registration */
    static Registration read(NodeName name, byte[] body) {
        try {
            if (READER.readValue(body) instanceof RegistrationBody registration) {
                return registration.toRegistration(name);
            }
            throw new IllegalArgumentException("a registration is an object");
        } catch (JacksonException malformed) {
            throw new IllegalArgumentException("not a registration: " + malformed.getOriginalMessage(), malformed);
        }
    }

    static String write(Registration registration) {
        return JSON.writeValueAsString(of(registration));
    }

    private static RegistrationBody of(Registration registration) {
        return new RegistrationBody(
                registration.url().toString(),
                registration.version(),
                registration.build(),
                registration.models().stream().map(Model::of).toList(),
                registration.slots(),
                registration.kvTokens(),
                registration.state().name().toLowerCase(Locale.ROOT),
                registration.load());
    }

    private Registration toRegistration(NodeName name) {
        return new Registration(
                name,
                reachable(URI.create(url)),
                version,
                build,
                models.stream().map(Model::toServed).toList(),
                slots,
                kvTokens,
                Registration.State.valueOf(state.toUpperCase(Locale.ROOT)),
                load);
    }

    private static URI reachable(URI url) {
        if (url.getHost() == null || !"http".equals(url.getScheme())) {
            throw new IllegalArgumentException("a node's url is http and has a host");
        }
        return url;
    }
}
