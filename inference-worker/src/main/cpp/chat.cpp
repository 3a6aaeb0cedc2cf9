#include "engine.hpp"

#include <algorithm>
#include <numeric>
#include <random>

namespace gatehouse {

namespace {

constexpr size_t windowLimit = 1024; // bytes of emitted text in the parser's window before it is shortened
constexpr size_t deepest = 10000;     // open brackets: the parser recurses and takes up to 8 KiB of stack for each
constexpr size_t largestSchema = 1 << 16; // bytes: schemas become grammars by recursion and regular expressions
constexpr size_t windowRest = 128;   // bytes of it that stay

common_json memberOf(const common_json & object, const char * name) {
    return object.contains(name) ? object.at(name) : common_json();
}

common_json responseSchema(const common_json & body) {
    const common_json format = memberOf(body, "response_format");
    if (!format.is_object()) {
        return common_json();
    }
    const std::string type = format.value("type", "text");
    if (type == "text") {
        return common_json();
    }
    if (type == "json_object") {
        return common_json::object({{"type", "object"}});
    }
    if (type == "json_schema") {
        return format.at("json_schema").at("schema");
    }
    throw Failure(Code::invalid, "response_format.type must be text, json_object or json_schema");
}

void boundSchema(const std::string & what, size_t bytes) {
    if (bytes > largestSchema) {
        throw Failure(Code::invalid, what + " has " + std::to_string(bytes) + " bytes, and " + std::to_string(largestSchema) + " are the most");
    }
}

void chooseTools(common_chat_templates_inputs & inputs, const common_json & choice) {
    if (choice.is_null()) {
        return;
    }
    if (choice.is_string()) {
        inputs.tool_choice = common_chat_tool_choice_parse_oaicompat(choice.get<std::string>());
        return;
    }
    const std::string name = choice.at("function").at("name").get<std::string>();
    std::vector<common_chat_tool> chosen;
    for (const auto & tool : inputs.tools) {
        if (tool.name == name) {
            chosen.push_back(tool);
        }
    }
    if (chosen.empty()) {
        throw Failure(Code::invalid, "tool_choice names a function that is not among the tools");
    }
    inputs.tools = chosen;
    inputs.tool_choice = COMMON_CHAT_TOOL_CHOICE_REQUIRED;
}

void templateArguments(common_chat_templates_inputs & inputs, const common_json & body) {
    const common_json effort = memberOf(body, "reasoning_effort");
    if (effort.is_string()) {
        inputs.chat_template_kwargs["reasoning_effort"] = effort.dump();
        inputs.enable_thinking = effort.get<std::string>() != "none" && effort.get<std::string>() != "minimal";
    }
    const common_json arguments = memberOf(body, "chat_template_kwargs");
    if (!arguments.is_object()) {
        return;
    }
    for (const auto & item : arguments.items()) {
        inputs.chat_template_kwargs[item.key()] = item.value().dump();
    }
    const common_json thinking = memberOf(arguments, "enable_thinking");
    if (thinking.is_boolean()) {
        inputs.enable_thinking = thinking.get<bool>();
    }
}

common_chat_templates_inputs inputsOf(const Model & model, const common_json & body) {
    auto abilities = common_chat_templates_get_caps(model.templates.get());
    common_chat_templates_inputs inputs;
    inputs.messages = common_chat_msgs_parse_oaicompat(body.at("messages"));
    if (inputs.messages.empty()) {
        throw Failure(Code::invalid, "messages must not be empty");
    }
    const common_json tools = memberOf(body, "tools");
    if (tools.is_array() && !tools.empty()) {
        inputs.tools = common_chat_tools_parse_oaicompat(tools);
        for (const auto & tool : inputs.tools) {
            boundSchema("a tool's name and parameters", tool.name.size() + tool.parameters.size());
        }
        chooseTools(inputs, memberOf(body, "tool_choice"));
        if (inputs.tool_choice == COMMON_CHAT_TOOL_CHOICE_REQUIRED && !abilities["supports_tool_calls"]) {
            throw Failure(Code::invalid, "its chat template knows no tool calls, so tool_choice can not demand one");
        }
    }
    const common_json schema = responseSchema(body);
    inputs.json_schema = schema.is_null() ? "" : schema.dump();
    boundSchema("response_format", inputs.json_schema.size());
    inputs.reasoning_format = COMMON_REASONING_FORMAT_DEEPSEEK;
    const common_json parallel = memberOf(body, "parallel_tool_calls");
    inputs.parallel_tool_calls = parallel.is_boolean() ? parallel.get<bool>() : abilities["supports_parallel_tool_calls"];
    templateArguments(inputs, body);
    return inputs;
}

void applyNumbers(common_params_sampling & to, const common_json & from) {
    to.temp = from.value("temperature", to.temp);
    to.top_p = from.value("topP", to.top_p);
    to.top_k = from.value("topK", to.top_k);
    to.min_p = from.value("minP", to.min_p);
    to.seed = from.value("seed", to.seed);
    to.penalty_present = from.value("presencePenalty", to.penalty_present);
    to.penalty_freq = from.value("frequencyPenalty", to.penalty_freq);
    to.penalty_repeat = from.value("repetitionPenalty", to.penalty_repeat);
    to.penalty_last_n = from.value("penaltyWindow", to.penalty_last_n);
    if (from.contains("logitBias")) {
        for (const auto & item : from.at("logitBias").items()) {
            to.logit_bias.push_back({std::stoi(item.key()), item.value().get<float>()});
        }
    }
}

void applyGrammar(common_params_sampling & to, const common_chat_params & chat, const std::vector<llama_token> & preserved, const Model & model) {
    to.generation_prompt = chat.generation_prompt;
    if (chat.grammar.empty()) {
        return;
    }
    to.grammar = common_grammar(COMMON_GRAMMAR_TYPE_TOOL_CALLS, chat.grammar);
    to.grammar_lazy = chat.grammar_lazy;
    to.preserved_tokens.insert(preserved.begin(), preserved.end());
    for (auto trigger : chat.grammar_triggers) {
        const auto tokens = model.tokenize(trigger.value, false, true);
        if (trigger.type == COMMON_GRAMMAR_TRIGGER_TYPE_WORD && tokens.size() == 1 && to.preserved_tokens.count(tokens[0])) {
            trigger.type = COMMON_GRAMMAR_TRIGGER_TYPE_TOKEN;
            trigger.token = tokens[0];
        }
        to.grammar_triggers.push_back(trigger);
    }
}

// Without a budget it counts nothing, but a lazy grammar does not start inside the thinking.
void applyThinking(common_params_sampling & to, const common_chat_params & chat, const common_json & budget, const Model & model) {
    if (chat.thinking_end_tags.empty()) {
        return;
    }
    to.reasoning_budget_start = model.tokenize(chat.thinking_start_tag, false, true);
    for (const auto & tag : chat.thinking_end_tags) {
        to.reasoning_budget_end.push_back(model.tokenize(tag, false, true));
    }
    to.reasoning_budget_forced = to.reasoning_budget_end.front();
    if (!budget.is_null()) {
        to.reasoning_budget_tokens = budget.get<int32_t>();
    }
}

bool endsThinking(const std::string & prompt, const common_chat_params & chat) {
    const size_t start = prompt.rfind(chat.thinking_start_tag);
    if (chat.thinking_start_tag.empty() || start == std::string::npos) {
        return true;
    }
    for (const auto & end : chat.thinking_end_tags) {
        if (prompt.find(end, start) != std::string::npos) {
            return true;
        }
    }
    return false;
}

// Bytes of the longest part that white space does not change into other text or back: no tokenizer's expression matches much more at once.
size_t longestRun(const std::string & text) {
    const auto blank = [](char c) { return c == ' ' || ('\t' <= c && c <= '\r'); };
    size_t longest = 0;
    size_t run = 0;
    for (size_t i = 0; i < text.size(); i++) {
        run = i > 0 && blank(text[i]) == blank(text[i - 1]) ? run + 1 : 1;
        longest = std::max(longest, run);
    }
    return longest;
}

std::string randomName() {
    static const char alphabet[] = "0123456789abcdefghijklmnopqrstuvwxyz";
    thread_local std::random_device random;
    std::string name;
    for (int i = 0; i < 24; i++) {
        name += alphabet[std::uniform_int_distribution<>(0, 35)(random)];
    }
    return name;
}

std::string newCallId() {
    return "call_" + randomName();
}

// The parser drops white space at the beginning, and looks there for the markers of thinking and of fences.
bool mayBegin(char c) {
    const bool blank = c == ' ' || ('\t' <= c && c <= '\r');
    const bool insideCharacter = (c & 0xC0) == 0x80;
    return !blank && !insideCharacter && c != '<' && c != '[' && c != '`' && c != '{';
}

common_json toJson(const common_chat_msg_diff & diff) {
    common_json change = common_json::object();
    if (!diff.reasoning_content_delta.empty()) {
        change["reasoning"] = diff.reasoning_content_delta;
    }
    if (!diff.content_delta.empty()) {
        change["content"] = diff.content_delta;
    }
    if (diff.tool_call_index != std::string::npos) {
        const auto & call = diff.tool_call_delta;
        change["tool"] = common_json::object({{"index", diff.tool_call_index}, {"id", call.id}, {"name", call.name}, {"arguments", call.arguments}});
    }
    return change;
}

} // namespace

Chat::Chat(std::shared_ptr<Model> owner, const std::string & body, const std::string & sampling) : model(std::move(owner)) {
    const common_json settings = common_json::parse(sampling);
    const common_json request = common_json::parse(body);
    const common_chat_templates_inputs inputs = inputsOf(*model, request);
    structured = !inputs.json_schema.empty();
    nests = structured || !inputs.tools.empty();
    params = common_chat_templates_apply(model->templates.get(), inputs);
    makeInert(request);
    parser = common_chat_parser_params(params);
    parser.reasoning_format = COMMON_REASONING_FORMAT_DEEPSEEK;
    if (!params.parser.empty()) {
        parser.parser.load(params.parser);
    }
    for (const auto & word : params.preserved_tokens) {
        const auto tokens = model->tokenize(word, false, true);
        if (tokens.size() == 1) {
            preserved.push_back(tokens[0]);
        }
    }
    common_params_sampling choice;
    choice.no_perf = true;
    applyNumbers(choice, settings);
    applyGrammar(choice, params, preserved, *model);
    applyThinking(choice, params, memberOf(request, "thinking_budget_tokens"), *model);
    sampler = samplerOf(choice);
    alternatives = settings.value("logprobs", -1);
}

common_sampler_ptr Chat::samplerOf(common_params_sampling & choice) const {
    try {
        return common_sampler_ptr(common_sampler_init(model->handle, choice));
    } catch (const std::exception & error) {
        if (params.grammar.empty()) {
            throw;
        }
        const std::string what = structured ? "response_format" : "tools";
        throw Failure(Code::invalid, what + " makes a grammar that is too large: lower the bounds of the schema (" + error.what() + ")");
    }
}

std::string Chat::info() const {
    return common_json::object({{"bytes", params.prompt.size()},
                                {"longestRun", longestRun(params.prompt)},
                                {"thinking", !endsThinking(params.generation_prompt, params)},
                                {"thinkingStart", params.thinking_start_tag},
                                {"thinkingEnds", params.thinking_end_tags},
                                {"stops", params.additional_stops},
                                {"preserved", preserved},
                                {"structured", structured}})
        .dump_safe();
}

// The template is applied a second time, for the prompt only: a grammar made of cut texts would ask for the cuts.
// A SentencePiece vocabulary that puts a space in front of each text puts one behind each cut.
void Chat::makeInert(const common_json & request) {
    const std::string mark = randomName();
    Cutter cutter(model->spellings, mark, params.thinking_start_tag, params.thinking_end_tags);
    const common_json inert = cutter.request(request);
    if (cutter.found()) {
        pieces = split(common_chat_templates_apply(model->templates.get(), inputsOf(*model, inert)).prompt, mark);
        params.prompt = std::accumulate(pieces.begin(), pieces.end(), std::string());
    } else {
        pieces = {params.prompt};
    }
}

std::vector<llama_token> Chat::tokens() const {
    std::vector<llama_token> all;
    for (size_t i = 0; i < pieces.size(); i++) {
        const auto more = model->tokenize(pieces[i], i == 0, true);
        all.insert(all.end(), more.begin(), more.end());
    }
    return all;
}

void Chat::accept(const std::vector<llama_token> & tokens) {
    for (const llama_token token : tokens) {
        common_sampler_accept(sampler.get(), token, true);
    }
}

// An answer that ends against its format still counts as far as it could be read.
common_chat_msg Chat::understand(bool last) const {
    if (last) {
        try {
            return common_chat_parse(text, false, parser);
        } catch (const std::runtime_error &) {
        }
    }
    return common_chat_parse(text, true, parser);
}

void Chat::boundDepth(const std::string & more) {
    for (const char c : more) {
        depth += c == '[' || c == '{';
        depth -= depth > 0 && (c == ']' || c == '}');
        if (nests && depth > deepest) {
            throw Failure(Code::invalid, "the answer opens more than " + std::to_string(deepest) + " brackets inside each other");
        }
    }
}

std::string Chat::parse(const std::string & more, bool last) {
    boundDepth(more);
    text += more;
    common_chat_msg now = understand(last);
    now.set_tool_call_ids(callIds, newCallId);
    common_json changes = common_json::array();
    for (const auto & diff : common_chat_msg_diff::compute_diffs(seen, now)) {
        const common_json change = toJson(diff);
        if (!change.empty()) {
            changes.push_back(change);
        }
    }
    seen = std::move(now);
    if (!last && seen.tool_calls.empty() && !(structured && !seen.content.empty())) {
        forgetEmitted(seen.content.empty() ? seen.reasoning_content : seen.content);
    }
    return changes.dump();
}

// A parse costs as much as the text in its window is long. Inside thinking or content the grammar repeats one character at a time,
// so emitted text can leave the window without changing what follows.
void Chat::forgetEmitted(std::string & emitted) {
    if (emitted.size() < windowLimit) {
        return;
    }
    const size_t at = text.find(emitted);
    if (at == std::string::npos || at != text.rfind(emitted)) {
        return;
    }
    size_t cut = emitted.size() - windowRest;
    while (cut > 0 && !mayBegin(emitted[cut])) {
        cut--;
    }
    text.erase(at, cut);
    emitted.erase(0, cut);
}

} // namespace gatehouse
