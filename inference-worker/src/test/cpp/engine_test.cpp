// The C++ side without a JVM: engine_test LIBRARIES MODEL
#include "engine.hpp"

#include <cstdio>
#include <cstring>

using namespace gatehouse;

namespace {

int failures = 0;

void check(bool fact, const char * what) {
    if (!fact) {
        failures++;
        std::fprintf(stderr, "FAILED: %s\n", what);
    }
}

std::string addition(int a, int b) {
    return R"({"messages":[{"role":"user","content":"What is )" + std::to_string(a) + " + " + std::to_string(b) + R"(?"}]})";
}

const char * const greedy = R"({"temperature":0,"topK":0,"topP":1,"minP":0})";

struct Answer {
    std::string content, reasoning;
    int tokens = 0;
};

void append(Answer & answer, const std::string & changes) {
    const common_json parsed = common_json::parse(changes);
    for (size_t i = 0; i < parsed.size(); i++) {
        answer.content += parsed.at(i).value("content", "");
        answer.reasoning += parsed.at(i).value("reasoning", "");
    }
}

// Runs several chats in shared steps until all have ended.
std::vector<Answer> run(Context & context, const std::vector<std::shared_ptr<Chat>> & chats) {
    std::vector<Row> rows;
    std::vector<int> position(chats.size());
    for (size_t slot = 0; slot < chats.size(); slot++) {
        context.bind(slot, chats[slot]);
        for (llama_token token : chats[slot]->tokens()) {
            rows.push_back({token, position[slot]++, static_cast<int>(slot), 0});
        }
        rows.back().sample = 1;
    }
    std::vector<Answer> answers(chats.size());
    std::vector<Pick> picks(chats.size());
    while (!rows.empty()) {
        const int count = context.step(rows.data(), rows.size(), picks.data(), picks.size());
        check(count >= 0, "the KV cache has room");
        rows.clear();
        for (int i = 0; i < count; i++) {
            const Pick & pick = picks[i];
            Answer & answer = answers[pick.slot];
            answer.tokens++;
            append(answer, chats[pick.slot]->parse(pick.end ? "" : chats[pick.slot]->model->piece(pick.token, false), pick.end));
            if (!pick.end) {
                rows.push_back({pick.token, position[pick.slot]++, pick.slot, 1});
            }
        }
    }
    return answers;
}

void addsInSharedSteps(const std::shared_ptr<Model> & model) {
    Context context(model, {4, 4, 1024, 512, 1});
    std::vector<std::shared_ptr<Chat>> chats;
    for (int i = 0; i < 4; i++) {
        chats.push_back(std::make_shared<Chat>(model, addition(123 + i, 456), greedy));
    }
    const auto answers = run(context, chats);
    for (int i = 0; i < 4; i++) {
        check(answers[i].content.find(std::to_string(579 + i)) != std::string::npos, "the content has the sum");
        check(!answers[i].reasoning.empty(), "the thinking is apart");
        check(answers[i].content.find("think") == std::string::npos, "the content has no marker");
    }
}

void reportsAFullCache(const std::shared_ptr<Model> & model) {
    Context context(model, {2, 3, 256, 512, 1});
    context.bind(0, std::make_shared<Chat>(model, addition(1, 2), greedy));
    std::vector<Row> rows;
    for (int i = 0; i < 200; i++) {
        rows.push_back({20, i, 0, 0});
    }
    Pick pick;
    check(context.step(rows.data(), 200, &pick, 1) == 0, "rows that ask for nothing pick nothing");
    for (Row & row : rows) {
        row.position += 200;
    }
    check(context.step(rows.data(), 200, &pick, 1) == -1, "a step beyond the KV cache answers -1");
    rows[0].sample = 1;
    check(context.step(rows.data(), 1, &pick, 1) == 1, "the context works on after that");
}

// The greedy answer to rows that end with one that asks.
std::vector<llama_token> goesOn(Context & context, std::vector<Row> rows) {
    std::vector<llama_token> tokens;
    Pick pick;
    int next = rows.back().position + 1;
    while (tokens.size() < 40 && context.step(rows.data(), rows.size(), &pick, 1) == 1 && !pick.end) {
        tokens.push_back(pick.token);
        rows = {{pick.token, next++, pick.slot, 1}};
    }
    return tokens;
}

std::vector<Row> rowsOf(const Chat & chat, int slot, int from) {
    std::vector<Row> rows;
    const auto tokens = chat.tokens();
    for (int i = from; i < static_cast<int>(tokens.size()); i++) {
        rows.push_back({tokens[i], i, slot, i + 1 == static_cast<int>(tokens.size())});
    }
    return rows;
}

// Blocks of four positions, the last of them restored in part, in another context and behind another slot's cells.
void goesOnFromARestoredState(const std::shared_ptr<Model> & model) {
    const auto chat = std::make_shared<Chat>(model, addition(123, 456), greedy);
    Context context(model, {2, 2, 256, 128, 1});
    context.bind(0, chat);
    const auto whole = goesOn(context, rowsOf(*chat, 0, 0));
    check(!whole.empty(), "the answer is not empty");
    std::vector<std::vector<char>> states;
    for (int from : {0, 4, 8}) {
        states.emplace_back(context.stateBytes(0, from, from + 4));
        check(context.save(0, from, from + 4, states.back().data(), states.back().size()) == states.back().size(), "a state has the bytes it was said to have");
    }
    Context other(model, {2, 2, 256, 128, 1});
    const auto neighbour = std::make_shared<Chat>(model, addition(1, 2), greedy);
    other.bind(1, neighbour);
    goesOn(other, rowsOf(*neighbour, 1, 0));
    const auto again = std::make_shared<Chat>(model, addition(123, 456), greedy);
    other.bind(0, again);
    check(other.restore(0, 0, 4, states[0].data(), states[0].size()), "the first state is taken");
    check(other.restore(0, 4, 8, states[1].data(), states[1].size()), "the second state is taken");
    other.drop(0, 6, 8);
    check(other.restore(0, 6, 8, states[1].data(), states[1].size()), "the end of a state is taken");
    check(other.restore(0, 8, 12, states[2].data(), states[2].size()), "the third state is taken");
    check(goesOn(other, rowsOf(*again, 0, 12)) == whole, "the answer is the same after it");
}

void takesNoStateThatDoesNotFit(const std::shared_ptr<Model> & model) {
    Context context(model, {2, 2, 256, 256, 1});
    context.bind(0, std::make_shared<Chat>(model, addition(1, 2), greedy));
    std::vector<Row> rows;
    for (int i = 0; i < 200; i++) {
        rows.push_back({20, i, 0, 0});
    }
    Pick pick;
    context.step(rows.data(), 200, &pick, 1);
    std::vector<char> state(context.stateBytes(0, 0, 64));
    context.save(0, 0, 64, state.data(), state.size());
    const auto invalid = [](const std::function<void()> & call) {
        try {
            call();
            return false;
        } catch (const Failure & failure) {
            return failure.code == Code::invalid;
        }
    };
    check(invalid([&] { context.stateBytes(0, 190, 201); }), "positions beyond the end are not saved");
    check(invalid([&] { context.stateBytes(0, 64, 64); }), "no positions are not saved");
    check(invalid([&] { context.stateBytes(0, -1, 64); }), "nor are negative ones");
    check(invalid([&] { context.stateBytes(2, 0, 64); }), "nor those of the scratch sequence");
    check(invalid([&] { context.save(0, 0, 64, state.data(), state.size() - 1); }), "a small buffer is refused");
    check(invalid([&] { context.restore(1, 1, 64, state.data(), state.size()); }), "a gap is refused");
    check(invalid([&] { context.restore(0, 0, 64, state.data(), state.size()); }), "an overlap is refused");
    check(!context.restore(1, 0, 64, state.data(), state.size()), "56 cells have no room for 64 positions");
    context.drop(0, 100, 200);
    check(!context.restore(1, 0, 63, state.data(), state.size()), "a state ends where it is said to end");
    for (size_t size : {size_t(0), size_t(3), size_t(17), state.size() / 2, state.size() - 1}) {
        check(!context.restore(1, 0, 64, state.data(), size), "a state that is cut is not taken");
    }
    std::vector<char> garbage(state.size());
    unsigned seed = 1;
    for (char & byte : garbage) {
        byte = static_cast<char>((seed = seed * 1664525u + 1013904223u) >> 24);
    }
    check(!context.restore(1, 0, 64, garbage.data(), garbage.size()), "garbage is not taken");
    check(context.restore(1, 0, 64, state.data(), state.size()), "after all that the state itself is");
}

// The second half of a prompt is kept by another sequence, as one of a model that rewinds.
void sharesARangeOfPositions(const std::shared_ptr<Model> & model) {
    Context context(model, {2, 3, 256, 256, 1});
    context.bind(0, std::make_shared<Chat>(model, addition(1, 2), greedy));
    context.bind(1, std::make_shared<Chat>(model, addition(1, 2), greedy));
    std::vector<Row> rows;
    for (int i = 0; i < 200; i++) {
        rows.push_back({20, i, 0, 0});
    }
    Pick pick;
    check(context.step(rows.data(), 200, &pick, 1) == 0, "a prompt is computed");
    context.share(0, 2, 100, 200);
    context.share(0, 1, 0, 100);
    context.drop(0, 0, 1000);
    context.share(2, 1, 100, 200);
    const Row next{20, 200, 1, 1};
    check(context.step(&next, 1, &pick, 1) == 1, "a sequence goes on from what two others have kept");
    check(context.step(rows.data(), 200, &pick, 1) == -1, "what any sequence keeps is not free");
    context.drop(1, 0, 1000);
    check(context.step(rows.data(), 100, &pick, 1) == 0, "what none keeps is free");
}

void parsesLongAnswersInAWindow(const std::shared_ptr<Model> & model) {
    Chat chat(model, addition(1, 2), greedy);
    std::string thought, said;
    Answer answer;
    for (int i = 0; i < 3000; i++) {
        const std::string more = "w" + std::to_string(i) + (i % 7 ? " " : "\n\xE2\x82\xAC");
        (i < 1500 ? thought : said) += more;
        append(answer, chat.parse((i == 1500 ? "</think>" : "") + more, false));
    }
    append(answer, chat.parse("", true));
    check(answer.reasoning.substr(0, thought.size() - 4) == thought.substr(0, thought.size() - 4), "long thinking arrives whole");
    check(answer.content == said, "long content arrives whole");
}

// No window: JSON can only be read from its beginning.
void readsLongJson(const std::shared_ptr<Model> & model) {
    for (const char * format : {R"({"type":"json_object"})", R"({"type":"json_schema","json_schema":{"name":"n","schema":{"type":"object"}}})"}) {
        Chat chat(model, R"({"messages":[{"role":"user","content":"x"}],"response_format":)" + std::string(format) + "}", greedy);
        Answer answer;
        append(answer, chat.parse(std::string(3000, 't') + "</think>", false));
        std::string said = "{";
        append(answer, chat.parse("{", false));
        for (int i = 0; i < 200; i++) {
            const std::string more = (i ? ", \"k" : "\"k") + std::to_string(i) + "\": [1, \"}\"]";
            said += more;
            append(answer, chat.parse(more, false));
        }
        said += "}";
        append(answer, chat.parse("}", false));
        append(answer, chat.parse("", true));
        check(said.size() > 3000 && answer.content == said, "long JSON arrives whole");
        check(answer.reasoning.size() == 3000, "the thinking before it arrives whole");
    }
}

void refusesToRecurseWithoutEnd(const std::shared_ptr<Model> & model) {
    Chat chat(model, R"({"messages":[{"role":"user","content":"x"}],"response_format":{"type":"json_object"}})", greedy);
    chat.parse(R"(x</think>{"a":)", false);
    try {
        chat.parse(std::string(20000, '['), false);
        check(false, "JSON that is too deep fails");
    } catch (const Failure & failure) {
        check(failure.code == Code::invalid, "JSON that is too deep fails as invalid");
    }
    Chat plain(model, addition(1, 2), greedy);
    Answer answer;
    append(answer, plain.parse("x</think>" + std::string(20000, '['), false));
    check(answer.content.size() == 20000, "brackets in plain text are text");
}

// A bias of minus infinity on all tokens leaves the grammar none that it takes.
void aSamplerThatFailsIsAlone(const std::shared_ptr<Model> & model) {
    std::string bias;
    for (int token = 0; token < 512; token++) {
        bias += (token ? ",\"" : "\"") + std::to_string(token) + "\":-1e39";
    }
    const std::string body = R"({"messages":[{"role":"user","content":"x"}],"response_format":{"type":"json_object"},"chat_template_kwargs":{"enable_thinking":false}})";
    Context context(model, {2, 2, 256, 64, 1});
    context.bind(0, std::make_shared<Chat>(model, body, R"({"temperature":1,"logitBias":{)" + bias + "}}"));
    context.bind(1, std::make_shared<Chat>(model, addition(1, 2), greedy));
    const Row rows[] = {{505, 0, 0, 1}, {505, 0, 1, 1}};
    Pick picks[2];
    check(context.step(rows, 2, picks, 2) == 2, "a sampler that fails does not fail the step");
    check(picks[0].slot == 0 && picks[0].token == LLAMA_TOKEN_NULL, "its own slot has no token");
    check(picks[1].slot == 1 && picks[1].token >= 0, "the other slot has one");
}

void refusesNonsense(const std::shared_ptr<Model> & model) {
    const auto refused = [&](const char * body) {
        try {
            Chat(model, body, greedy);
            return false;
        } catch (const std::exception & error) {
            return std::strlen(error.what()) > 0;
        }
    };
    check(refused("{}"), "a body without messages");
    check(refused(R"({"messages":[]})"), "no messages");
    check(refused(R"({"messages":[{"role":"user","content":"x"}],"response_format":{"type":"poem"}})"), "an unknown response format");
    check(refused("{"), "broken JSON");
    const std::string blanks(70000, ' ');
    check(refused((R"({"messages":[{"role":"user","content":"x"}],"response_format":{"type":"json_schema","json_schema":{"schema":{"properties":{")" + blanks + R"(":{}}}}}})").c_str()), "a large schema");
    check(refused((R"({"messages":[{"role":"user","content":"x"}],"tools":[{"type":"function","function":{"name":")" + blanks + R"("}}]})").c_str()), "a large tool");
}

void keepsTheLogBounded() {
    std::vector<char> buffer(1 << 20);
    log::drain(buffer.data(), buffer.size());
    ggml_log_callback add;
    void * data;
    llama_log_get(&add, &data);
    for (size_t i = 0; i < 3 * log::capacity; i++) {
        add(GGML_LOG_LEVEL_INFO, "line", data);
    }
    const size_t written = log::drain(buffer.data(), buffer.size());
    check(written < log::capacity * 9 + 100, "the queue holds no more than its capacity");
    check(std::string(buffer.data(), written).find(std::to_string(2 * log::capacity) + " lines") != std::string::npos, "what was dropped is counted");
}

void loadsAndEnds(const char * path) {
    try {
        Model::load(path, Loading{}, [](float) { return false; });
        check(false, "a loading that is refused fails");
    } catch (const Failure & failure) {
        check(failure.code == Code::aborted, "a loading that is refused fails as aborted");
    }
    try {
        Model::load("no-such-file.gguf", Loading{}, [](float) { return true; });
        check(false, "a missing file fails");
    } catch (const Failure & failure) {
        check(failure.code == Code::model && std::strstr(failure.what(), "no-such-file"), "a missing file is named");
    }
}

long residentPages() {
    long size = 0, resident = 0;
    if (std::FILE * file = std::fopen("/proc/self/statm", "r")) {
        if (std::fscanf(file, "%ld %ld", &size, &resident) != 2) {
            resident = 0;
        }
        std::fclose(file);
    }
    return resident;
}

// A model or a context that leaks keeps more than 400 KiB. Where there is no /proc this proves nothing.
void freesWhatItLoads(const char * path) {
    long before = 0;
    for (int i = 0; i < 70; i++) {
        const auto model = Model::load(path, Loading{}, [](float) { return true; });
        Context context(model, {16, 255, 16384, 512, 1});
        context.bind(0, std::make_shared<Chat>(model, addition(1, 2), greedy));
        const Row row{505, 0, 0, 1};
        Pick pick;
        check(context.step(&row, 1, &pick, 1) == 1, "a fresh context works");
        if (i == 9) {
            before = residentPages();
        }
    }
    const long grown = residentPages() - before;
    check(grown < 60 * 100, "sixty more rounds keep less than 400 KiB each");
}

} // namespace

int main(int count, char ** arguments) {
    if (count != 3) {
        std::fprintf(stderr, "engine_test LIBRARIES MODEL\n");
        return 2;
    }
    std::printf("%s\n", init(arguments[1], "*").c_str());
    loadsAndEnds(arguments[2]);
    const auto model = Model::load(arguments[2], Loading{}, [](float) { return true; });
    addsInSharedSteps(model);
    reportsAFullCache(model);
    goesOnFromARestoredState(model);
    takesNoStateThatDoesNotFit(model);
    sharesARangeOfPositions(model);
    parsesLongAnswersInAWindow(model);
    readsLongJson(model);
    refusesToRecurseWithoutEnd(model);
    aSamplerThatFailsIsAlone(model);
    refusesNonsense(model);
    keepsTheLogBounded();
    freesWhatItLoads(arguments[2]);
    std::printf("%d failures\n", failures);
    return failures != 0;
}
