package dev.gatehouse.gateway.anthropic;

import dev.gatehouse.gateway.anthropic.Conversation.Call;
import dev.gatehouse.gateway.anthropic.Conversation.Choice;
import dev.gatehouse.gateway.anthropic.Conversation.Message;
import dev.gatehouse.gateway.anthropic.Conversation.Result;
import dev.gatehouse.gateway.anthropic.Conversation.Text;
import dev.gatehouse.gateway.anthropic.Conversation.Thinking;
import dev.gatehouse.gateway.anthropic.Conversation.Thought;
import dev.gatehouse.gateway.anthropic.Conversation.Tool;
import dev.gatehouse.gateway.dialect.Json;
import dev.gatehouse.gateway.vocabulary.Dialect;
import dev.gatehouse.gateway.vocabulary.Translation;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;

/**
 * Message requests as chat completion requests. What the other dialect has no member for is left out: metadata, cache marks, the
 * signatures of thinking; a tool's failed result says so in words.
 */
@Component
final class ToChat implements Translation {

    private static final String FAILED = "Error: ";

    @Override
    public Dialect from() {
        return Dialect.ANTHROPIC;
    }

    @Override
    public Dialect to() {
        return Dialect.OPENAI;
    }

    @Override
    public byte[] translate(byte[] body) {
        Conversation asked = ConversationReader.read(body);
        return Json.object(json -> {
            json.writeStringProperty("model", asked.model());
            json.writeArrayPropertyStart("messages");
            if (!asked.system().isEmpty()) {
                message(json, "system", asked.system());
            }
            asked.messages().forEach(message -> message(json, message));
            json.writeEndArray();
            tools(json, asked);
            asked.thinking().ifPresent(thinking -> thinking(json, thinking));
            strings(json, "stop", asked.stops());
            asked.numbers().forEach((name, number) -> number(json, name, number));
        });
    }

    private static void message(JsonGenerator json, Message message) {
        if (message.role().equals("assistant")) {
            assistant(json, message);
        } else {
            others(json, message);
        }
    }

    /** A tool's result is a message of its own there, so that one message can become several. */
    private static void others(JsonGenerator json, Message message) {
        List<String> texts = new ArrayList<>();
        for (Conversation.Part part : message.parts()) {
            if (part instanceof Text(String text)) {
                texts.add(text);
            } else if (part instanceof Result result) {
                flush(json, message.role(), texts);
                result(json, result);
            }
        }
        flush(json, message.role(), texts);
    }

    private static void flush(JsonGenerator json, String role, List<String> texts) {
        if (!texts.isEmpty()) {
            message(json, role, texts);
            texts.clear();
        }
    }

    private static void message(JsonGenerator json, String role, List<String> texts) {
        json.writeStartObject();
        json.writeStringProperty("role", role);
        content(json, texts);
        json.writeEndObject();
    }

    private static void result(JsonGenerator json, Result result) {
        List<String> texts = new ArrayList<>(result.texts());
        if (result.failed()) {
            String first = texts.isEmpty() ? "" : texts.removeFirst();
            texts.addFirst(FAILED + first);
        }
        json.writeStartObject();
        json.writeStringProperty("role", "tool");
        json.writeStringProperty("tool_call_id", result.call());
        content(json, texts);
        json.writeEndObject();
    }

    private static void content(JsonGenerator json, List<String> texts) {
        if (texts.size() <= 1) {
            json.writeStringProperty("content", texts.isEmpty() ? "" : texts.getFirst());
            return;
        }
        json.writeArrayPropertyStart("content");
        for (String text : texts) {
            json.writeStartObject();
            json.writeStringProperty("type", "text");
            json.writeStringProperty("text", text);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void assistant(JsonGenerator json, Message message) {
        List<String> texts = new ArrayList<>();
        StringBuilder thoughts = new StringBuilder();
        List<Call> calls = new ArrayList<>();
        for (Conversation.Part part : message.parts()) {
            switch (part) {
                case Text(String text) -> texts.add(text);
                case Thought(String text) -> thoughts.append(text);
                case Call call -> calls.add(call);
                case Result result -> throw new IllegalStateException("an assistant has no tool results");
            }
        }
        json.writeStartObject();
        json.writeStringProperty("role", "assistant");
        content(json, texts);
        if (!thoughts.isEmpty()) {
            json.writeStringProperty("reasoning_content", thoughts.toString());
        }
        calls(json, calls);
        json.writeEndObject();
    }

    private static void calls(JsonGenerator json, List<Call> calls) {
        if (calls.isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("tool_calls");
        for (Call call : calls) {
            json.writeStartObject();
            json.writeStringProperty("id", call.id());
            json.writeStringProperty("type", "function");
            json.writeObjectPropertyStart("function");
            json.writeStringProperty("name", call.name());
            json.writeStringProperty("arguments", call.input());
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void tools(JsonGenerator json, Conversation asked) {
        if (!asked.tools().isEmpty()) {
            json.writeArrayPropertyStart("tools");
            asked.tools().forEach(tool -> tool(json, tool));
            json.writeEndArray();
        }
        asked.choice().ifPresent(choice -> choice(json, choice));
    }

    private static void tool(JsonGenerator json, Tool tool) {
        json.writeStartObject();
        json.writeStringProperty("type", "function");
        json.writeObjectPropertyStart("function");
        json.writeStringProperty("name", tool.name());
        tool.description().ifPresent(text -> json.writeStringProperty("description", text));
        json.writeName("parameters");
        json.writeRawValue(tool.schema());
        if (tool.strict()) {
            json.writeBooleanProperty("strict", true);
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void choice(JsonGenerator json, Choice choice) {
        switch (choice.type()) {
            case "any" -> json.writeStringProperty("tool_choice", "required");
            case "tool" -> {
                json.writeObjectPropertyStart("tool_choice");
                json.writeStringProperty("type", "function");
                json.writeObjectPropertyStart("function");
                json.writeStringProperty("name", choice.name());
                json.writeEndObject();
                json.writeEndObject();
            }
            default -> json.writeStringProperty("tool_choice", choice.type());
        }
        if (!choice.parallel()) {
            json.writeBooleanProperty("parallel_tool_calls", false);
        }
    }

    private static void thinking(JsonGenerator json, Thinking thinking) {
        json.writeObjectPropertyStart("chat_template_kwargs");
        json.writeBooleanProperty("enable_thinking", thinking.enabled());
        json.writeEndObject();
        if (thinking.budget() > 0) {
            json.writeNumberProperty("thinking_budget_tokens", thinking.budget());
        }
    }

    private static void strings(JsonGenerator json, String name, List<String> texts) {
        if (!texts.isEmpty()) {
            json.writeArrayPropertyStart(name);
            texts.forEach(json::writeString);
            json.writeEndArray();
        }
    }

    /** 0 is no bound of candidates in one dialect and not allowed in the other. */
    private static void number(JsonGenerator json, String name, String number) {
        if (!name.equals("top_k") || !number.equals("0")) {
            json.writeName(name);
            json.writeRawValue(number);
        }
    }
}
