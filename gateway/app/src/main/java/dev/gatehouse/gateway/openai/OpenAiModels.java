package dev.gatehouse.gateway.openai;

import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.RequestHeaders;
import dev.gatehouse.gateway.catalog.Model;
import dev.gatehouse.gateway.dialect.Errors;
import dev.gatehouse.gateway.dialect.Json;
import dev.gatehouse.gateway.dialect.ModelList;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;

/** Models as OpenAI lists them; also to those who do not say what they expect. */
@Component
@Order
final class OpenAiModels implements ModelList {

    private final OpenAiErrors errors;

    OpenAiModels(OpenAiErrors errors) {
        this.errors = errors;
    }

    @Override
    public boolean speaks(RequestHeaders headers) {
        return true;
    }

    @Override
    public Errors errors() {
        return errors;
    }

    @Override
    public byte[] all(List<Model> models, QueryParams query) {
        return Json.object(json -> {
            json.writeStringProperty("object", "list");
            json.writeArrayPropertyStart("data");
            for (Model model : models) {
                json.writeStartObject();
                write(json, model);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    @Override
    public byte[] one(Model model) {
        return Json.object(json -> write(json, model));
    }

    private static void write(JsonGenerator json, Model model) {
        json.writeStringProperty("id", model.name().value());
        json.writeStringProperty("object", "model");
        json.writeNumberProperty("created", model.created().getEpochSecond());
        json.writeStringProperty("owned_by", model.ownedBy());
    }
}
