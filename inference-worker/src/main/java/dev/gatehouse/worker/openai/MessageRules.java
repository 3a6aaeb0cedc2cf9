package dev.gatehouse.worker.openai;

import java.util.List;

/** Which messages are accepted. */
final class MessageRules {

    private MessageRules() {}

    static void check(Member messages) throws ApiException {
        List<Member> all = messages.elements();
        if (all.isEmpty()) {
            throw messages.wrong("invalid_value", "must have at least one message");
        }
        for (Member message : all) {
            checkMessage(message.object());
        }
    }

    private static void checkMessage(Member message) throws ApiException {
        if (!message.at("name").absent()) {
            message.at("name").string();
        }
        Member role = message.at("role");
        switch (role.string()) {
            case "system", "developer", "user" -> checkContent(message.at("content"));
            case "assistant" -> checkAssistant(message);
            case "tool" -> checkTool(message);
            default -> throw role.wrong("invalid_value", "must be system, developer, user, assistant or tool");
        }
    }

    private static void checkAssistant(Member message) throws ApiException {
        Member content = message.at("content");
        Member calls = message.at("tool_calls");
        if (!calls.absent()) {
            for (Member call : calls.elements()) {
                checkCall(call.object());
            }
        }
        if (!content.absent() || calls.absent()) {
            checkContent(content);
        }
        if (!message.at("reasoning_content").absent()) {
            message.at("reasoning_content").string();
        }
    }

    private static void checkCall(Member call) throws ApiException {
        call.at("id").string();
        if (!call.at("type").string().equals("function")) {
            throw call.at("type").wrong("unsupported_value", "must be function");
        }
        Member function = call.at("function").object();
        function.at("name").string();
        function.at("arguments").string();
    }

    private static void checkTool(Member message) throws ApiException {
        message.at("tool_call_id").string();
        checkContent(message.at("content"));
    }

    private static void checkContent(Member content) throws ApiException {
        if (content.isString()) {
            content.string();
            return;
        }
        content.require(content.value().isArray(), "a string or a list of text parts");
        for (Member part : content.elements()) {
            checkPart(part.object());
        }
    }

    private static void checkPart(Member part) throws ApiException {
        String type = part.at("type").string();
        if (!type.equals("text")) {
            throw part.at("type")
                    .wrong("unsupported_value", "must be text: this model reads text only. Remove the other parts");
        }
        part.at("text").string();
    }
}
