// What a worker needs of llama.cpp, in plain C++. Text is UTF-8; JSON goes in and out as text.
#pragma once

#include "chat.h"
#include "experts.hpp"
#include "inert.hpp"
#include "llama.h"
#include "sampling.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace gatehouse {

// The same order as LlamaException.Code.
enum class Code : int { invalid, model, memory, aborted, state, internal };

struct Failure : std::runtime_error {
    Code code;
    Failure(Code code, const std::string & message) : std::runtime_error(message), code(code) {}
};

// Loads the backends in the directory; those of GPUs only if they are among these names, separated by commas, or these are "*". Once per process.
// Returns {"version","system","devices":[{"name","backend","description"}…],"gpuBytes":free}.
std::string init(const std::string & directory, const std::string & gpus);

// Log lines of llama.cpp wait in a bounded queue; those that do not fit are counted and reported as one line.
namespace log {
constexpr size_t capacity = 1024;
void install();
void error(const std::string & line);
// The last error that this thread logged; empty if there is none since the last call.
std::string lastError();
// Moves lines into the buffer as {int8 level, int32 length, text}; returns the bytes written. A line that is too long for the buffer is cut.
size_t drain(char * buffer, size_t size);
} // namespace log

// Called with 0…1; false ends the loading.
using Progress = std::function<bool(float)>;

// How a model is held. Experts of the first layers may stay with the processor; kvType: of the KV cache, as ggml names it.
struct Loading {
    int gpuLayers = -1;
    int expertsOnCpu = 0;
    std::string loadMode = "auto";
    std::string kvType = "f16";

    // {"gpuLayers","expertsOnCpu","loadMode","kvType"}
    static Loading parse(const std::string & json);
};

// An immutable model. Thread-safe.
class Model {
public:
    static std::shared_ptr<Model> load(const std::string & path, const Loading & loading, const Progress & progress);
    ~Model();

    // {"description","context","vocab","parameters","bytes","longestPiece":bytes,"end":[ids that end an answer],"rewinds":bool,"layers","experts":0 if it has none}
    std::string info() const;
    std::vector<llama_token> tokenize(const std::string & text, bool addSpecial, bool parseSpecial) const;
    // The bytes of a token; those of a control token only if special is set.
    std::string piece(llama_token token, bool special) const;

    llama_model * const handle;
    const llama_vocab * const vocab;
    const ggml_type kvType;
    const common_chat_templates_ptr templates;
    // Of control tokens, and of other tokens that the tokenizer always finds if the template writes them.
    const Spellings spellings;

private:
    Model(llama_model * handle, ggml_type kvType);
};

// One chat request: its prompt, its sampler and the parser of its answer. Used by one thread at a time.
class Chat {
public:
    // body: an OpenAI chat completion request; sampling: {"temperature",…} as in SamplingJson.
    Chat(std::shared_ptr<Model> model, const std::string & body, const std::string & sampling);

    // {"bytes","longestRun","thinking":bool,"thinkingStart","thinkingEnds":[…],"stops":[…],"preserved":[ids],"structured":bool}
    std::string info() const;
    // The prompt's: what a text of the request spells is no control token. Uses stack in proportion to its longest run.
    std::vector<llama_token> tokens() const;
    // Takes tokens for picked that were picked elsewhere; none of them may end an answer.
    void accept(const std::vector<llama_token> & tokens);
    // Adds text of the answer, which may nest 10,000 brackets and then needs 80 MiB of stack; returns [{"reasoning"}|{"content"}|{"tool":{"index","id","name","arguments"}}…]: what is new.
    std::string parse(const std::string & text, bool last);

    const std::shared_ptr<Model> model;
    common_sampler_ptr sampler;
    int alternatives = -1; // log probabilities to report; -1: none

private:
    common_sampler_ptr samplerOf(common_params_sampling & choice) const;
    common_chat_msg understand(bool last) const;
    void forgetEmitted(std::string & emitted);
    void boundDepth(const std::string & more);

    void makeInert(const common_json & request);

    common_chat_params params;
    std::vector<std::string> pieces; // the prompt, cut where a text of the request spells a control token
    common_chat_parser_params parser;
    std::vector<llama_token> preserved;
    bool structured = false; // the content is JSON, which can only be read from its beginning
    bool nests = false;      // the parser recurses into JSON
    size_t depth = 0;        // brackets that the answer has open
    std::string text;     // what the parser still has to see
    common_chat_msg seen; // what it made of it so far
    std::vector<std::string> callIds;
};

constexpr int maxAlternatives = 20;

struct Row {
    int32_t token, position, slot, sample;
};

struct Alternative {
    int32_t token;
    float logprob;
};

struct Pick {
    int32_t slot, token, end, alternatives;
    float logprob;
    Alternative top[maxAlternatives];
};

// slots: sequences that compute, of all those that may have cells. rows: of one step; no more than kvTokens. expertsEvery: counts the experts in each so many-th step; 0: never.
struct ContextOptions {
    int slots, sequences, kvTokens, rows, threads;
    int expertsEvery = 0;
};

// The KV cache and the decoder. Everything but abort belongs to the thread that made it.
class Context {
public:
    Context(std::shared_ptr<Model> model, const ContextOptions & options);
    ~Context();

    // The chat whose sampler picks the tokens of a slot, or null.
    void bind(int slot, std::shared_ptr<Chat> chat);
    // Takes the positions start to end - 1 from a sequence; cells that no sequence has are free.
    void drop(int sequence, int start, int end);
    // Gives one sequence the cells that another one has at the positions start to end - 1; both then use them.
    void share(int from, int to, int start, int end);
    // Bytes that save writes for these positions.
    size_t stateBytes(int sequence, int from, int to);
    // Copies the KV cache of positions from up to to, which the sequence must have, to a buffer of at least stateBytes; returns the bytes written.
    size_t save(int sequence, int from, int to, char * into, size_t size);
    // Appends positions from up to to of a state to a sequence that ends at from; the state may begin earlier and must end at to. It must be what save
    // wrote: llama.cpp trusts it. False if there is no room or the state is of another cache; the sequence is then as it was.
    bool restore(int sequence, int from, int to, const char * state, size_t size);
    // Computes the rows and picks a token for each that asks for one: LLAMA_TOKEN_NULL if its sampler failed. Returns the number of picks, or -1 if the KV cache is full and nothing was computed.
    int step(const Row * rows, int count, Pick * picks, int capacity);
    // Makes a running step and all later ones fail with Code::aborted. From any thread.
    void abort() { aborted = true; }

    ExpertCounts experts;

private:
    void own() const;
    void exists(int sequence) const;
    void divisible(int from, int to) const;
    size_t copyOut(int sequence, int from, int to, const std::function<size_t(int scratch)> & copy);
    Chat & chat(int slot) const;
    Pick pick(int slot, int row);
    Pick sample(int slot, int row);

    const std::shared_ptr<Model> model;
    const std::thread::id owner = std::this_thread::get_id();
    const ContextOptions options;
    std::atomic<bool> aborted{false};
    std::vector<std::shared_ptr<Chat>> chats;
    std::vector<Alternative> scratch;
    llama_context * handle = nullptr;
    llama_batch batch{};
    ggml_threadpool * pool = nullptr;
    void (*freePool)(ggml_threadpool *) = nullptr;
};

} // namespace gatehouse
