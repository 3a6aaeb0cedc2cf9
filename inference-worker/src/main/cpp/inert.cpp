#include "inert.hpp"

#include "engine.hpp"

#include <algorithm>

namespace gatehouse {

namespace {

constexpr int deepest = 128; // levels of a request and of the arguments of its tool calls together

size_t characterAt(const std::string & text, size_t from) {
    size_t end = from + 1;
    while (end < text.size() && (text[end] & 0xC0) == 0x80) {
        end++;
    }
    return end - from;
}

} // namespace

void Spellings::add(const std::string & text) {
    if (text.empty() || characterAt(text, 0) == text.size()) {
        return;
    }
    size_t node = 0;
    for (const char c : text) {
        const auto [next, fresh] = nodes[node].next.try_emplace(c, nodes.size());
        node = next->second;
        if (fresh) {
            nodes.emplace_back();
        }
    }
    nodes[node].end = true;
}

bool Spellings::at(const std::string & text, size_t from) const {
    size_t node = 0;
    for (size_t i = from; i < text.size() && !nodes[node].end; i++) {
        const auto next = nodes[node].next.find(text[i]);
        if (next == nodes[node].next.end()) {
            return false;
        }
        node = next->second;
    }
    return nodes[node].end;
}

bool Spellings::cut(std::string & text, const std::string & mark) const {
    std::string result;
    size_t done = 0;
    for (size_t i = 0; i < text.size(); i++) {
        if (at(text, i)) {
            const size_t inside = i + characterAt(text, i);
            result.append(text, done, inside - done).append(mark);
            done = inside;
        }
    }
    if (done == 0) {
        return false;
    }
    text = result.append(text, done, std::string::npos);
    return true;
}

Cutter::Cutter(const Spellings & spellings, std::string mark, std::string thinkingStart, std::vector<std::string> thinkingEnds)
    : spellings(spellings), mark(std::move(mark)), thinkingStart(std::move(thinkingStart)), thinkingEnds(std::move(thinkingEnds)) {}

common_json Cutter::request(const common_json & body) {
    return value("", body, false, 0);
}

common_json Cutter::value(const std::string & key, const common_json & from, bool assistant, int depth) {
    if (depth > deepest) {
        throw Failure(Code::invalid, "the arguments of a tool call are nested too deep");
    }
    if (from.is_string()) {
        return text(key, from.get<std::string>(), assistant, depth);
    }
    if (from.is_object()) {
        return object(from, assistant, depth);
    }
    if (!from.is_array()) {
        return from;
    }
    common_json list = common_json::array();
    for (size_t i = 0; i < from.size(); i++) {
        list.push_back(value(key, from.at(i), assistant, depth + 1));
    }
    return list;
}

common_json Cutter::object(const common_json & from, bool assistant, int depth) {
    const bool says = assistant || (from.contains("role") && from.at("role") == "assistant");
    common_json members = common_json::object();
    for (const auto & item : from.items()) {
        members[plain(item.key())] = value(item.key(), item.value(), says, depth + 1);
    }
    return members;
}

std::string Cutter::text(const std::string & key, const std::string & from, bool assistant, int depth) {
    if (key == "arguments") {
        return arguments(from, depth);
    }
    return assistant && (key == "content" || key == "text") ? said(from) : plain(from);
}

std::string Cutter::plain(std::string text) {
    cuts = spellings.cut(text, mark) || cuts;
    return text;
}

std::string Cutter::said(const std::string & text) {
    size_t end = std::string::npos;
    size_t length = 0;
    for (const auto & marker : thinkingEnds) {
        const size_t at = text.find(marker);
        if (!marker.empty() && at < end) {
            end = at;
            length = marker.size();
        }
    }
    if (end == std::string::npos) {
        return plain(text);
    }
    size_t start = std::min(text.find_first_not_of(" \t\r\n"), end);
    start = !thinkingStart.empty() && text.compare(start, thinkingStart.size(), thinkingStart) == 0 ? start + thinkingStart.size() : 0;
    return text.substr(0, start) + plain(text.substr(start, end - start)) + text.substr(end, length) + plain(text.substr(end + length));
}

// They are JSON in a string, and a template may print them unescaped.
std::string Cutter::arguments(const std::string & text, int depth) {
    const common_json parsed = common_json::parse_no_throw(text);
    if (parsed.is_discarded() || !(parsed.is_object() || parsed.is_array())) {
        return plain(text);
    }
    const bool before = cuts;
    cuts = false;
    const common_json inert = value("", parsed, false, depth + 1);
    const bool changed = cuts;
    cuts = before || changed;
    return changed ? inert.dump_safe() : plain(text);
}

std::vector<std::string> split(const std::string & text, const std::string & mark) {
    std::vector<std::string> parts;
    size_t from = 0;
    for (size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, from)) {
        parts.push_back(text.substr(from, at - from));
        from = at + mark.size();
    }
    parts.push_back(text.substr(from));
    return parts;
}

} // namespace gatehouse
