// Keeps the text of a request from being read as control tokens of the model.
#pragma once

#include "json.h"

#include <map>
#include <string>
#include <vector>

namespace gatehouse {

// Texts that the tokenizer reads as one token each wherever they stand. Immutable once filled.
class Spellings {
public:
    // Text of one character is left out: it has no inside.
    void add(const std::string & text);
    // Puts the mark into each of them, behind its first character, also where they overlap. Returns whether there was one.
    bool cut(std::string & text, const std::string & mark) const;

private:
    bool at(const std::string & text, size_t from) const;

    struct Node {
        std::map<char, size_t> next;
        bool end = false;
    };
    std::vector<Node> nodes{1};
};

// Cuts the spellings in all texts of a request. The thinking at the beginning of an assistant's content stays whole: templates
// find it by its markers, and it is the model that wrote it.
class Cutter {
public:
    Cutter(const Spellings & spellings, std::string mark, std::string thinkingStart, std::vector<std::string> thinkingEnds);

    common_json request(const common_json & body);
    bool found() const { return cuts; }

private:
    common_json value(const std::string & key, const common_json & from, bool assistant, int depth);
    common_json object(const common_json & from, bool assistant, int depth);
    std::string text(const std::string & key, const std::string & from, bool assistant, int depth);
    std::string plain(std::string text);
    std::string said(const std::string & text);
    std::string arguments(const std::string & text, int depth);

    const Spellings & spellings;
    const std::string mark;
    const std::string thinkingStart;
    const std::vector<std::string> thinkingEnds;
    bool cuts = false;
};

// The parts between the marks.
std::vector<std::string> split(const std::string & text, const std::string & mark);

} // namespace gatehouse
