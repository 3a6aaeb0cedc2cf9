package dev.gatehouse.gateway.anthropic;

import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.RequestHeaders;
import dev.gatehouse.gateway.catalog.Model;
import dev.gatehouse.gateway.dialect.Errors;
import dev.gatehouse.gateway.dialect.Json;
import dev.gatehouse.gateway.dialect.ModelList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;

/** Models as Anthropic lists them, to who sends {@code anthropic-version}. */
@Component
@Order(0)
final class AnthropicModels implements ModelList {

    /** What is not known of models here. */
    private static final List<String> UNKNOWN =
            List.of("deprecated_at", "retires_at", "line", "max_input_tokens", "max_tokens", "capabilities");

    private final AnthropicErrors errors;

    AnthropicModels(AnthropicErrors errors) {
        this.errors = errors;
    }

    @Override
    public boolean speaks(RequestHeaders headers) {
        return headers.contains("anthropic-version");
    }

    @Override
    public Errors errors() {
        return errors;
    }

    @Override
    public byte[] all(List<Model> models, QueryParams query) {
        Page page = Page.of(models, query);
        return Json.object(json -> {
            json.writeArrayPropertyStart("data");
            for (Model model : page.models()) {
                json.writeStartObject();
                write(json, model);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeBooleanProperty("has_more", page.more());
            id(json, "first_id", page.models().isEmpty() ? null : page.models().getFirst());
            id(json, "last_id", page.models().isEmpty() ? null : page.models().getLast());
        });
    }

    @Override
    public byte[] one(Model model) {
        return Json.object(json -> write(json, model));
    }

    private static void write(JsonGenerator json, Model model) {
        json.writeStringProperty("type", "model");
        json.writeStringProperty("id", model.name().value());
        json.writeStringProperty("display_name", model.name().value());
        json.writeStringProperty("created_at", model.created().toString());
        json.writeStringProperty("lifecycle", "active");
        UNKNOWN.forEach(json::writeNullProperty);
    }

    private static void id(JsonGenerator json, String name, @Nullable Model model) {
        if (model == null) {
            json.writeNullProperty(name);
        } else {
            json.writeStringProperty(name, model.name().value());
        }
    }
}
