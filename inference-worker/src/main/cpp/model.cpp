#include "engine.hpp"

#include "ggml-backend.h"

#include <algorithm>
#include <cctype>

namespace gatehouse {

namespace {

struct Watch {
    const Progress & progress;
    bool ended = false;
};

bool onProgress(float done, void * watch) {
    auto * self = static_cast<Watch *>(watch);
    self->ended = self->ended || !self->progress(done);
    return !self->ended;
}

common_chat_templates_ptr templatesOf(const llama_model * model) {
    const char * source = llama_model_chat_template(model, nullptr);
    if (source) {
        common_chat_template(source, "", ""); // says what is wrong with it; init loses the text
    }
    return common_chat_templates_init(model, "");
}

ggml_type typeOf(const std::string & name) {
    for (const ggml_type type : {GGML_TYPE_F16, GGML_TYPE_Q8_0, GGML_TYPE_Q4_0}) {
        if (name == ggml_type_name(type)) {
            return type;
        }
    }
    throw Failure(Code::invalid, "a KV cache has no type " + name);
}

// What keeps the routed experts of the first layers with the processor.
std::vector<std::string> expertPatterns(int layers) {
    std::vector<std::string> patterns;
    for (int layer = 0; layer < layers; layer++) {
        patterns.push_back("blk\\." + std::to_string(layer) + "\\.ffn_(up|down|gate|gate_up)_exps");
    }
    return patterns;
}

// Not a word or white space, which vocabularies add for other reasons than a template.
bool isMarker(const std::string & text) {
    return std::any_of(text.begin(), text.end(), [](unsigned char c) { return c >= 0x80 || std::ispunct(c); });
}

Spellings spellingsOf(const llama_vocab * vocab, const common_chat_templates * templates) {
    const std::string source = common_chat_templates_source(templates) + common_chat_templates_source(templates, "tool_use");
    Spellings spellings;
    for (llama_token token = 0; token < llama_vocab_n_tokens(vocab); token++) {
        const auto attributes = llama_vocab_get_attr(vocab, token);
        const std::string text = llama_vocab_get_text(vocab, token);
        const bool control = attributes & (LLAMA_TOKEN_ATTR_CONTROL | LLAMA_TOKEN_ATTR_UNKNOWN);
        const bool marker = attributes & LLAMA_TOKEN_ATTR_USER_DEFINED && isMarker(text) && source.find(text) != std::string::npos;
        if (control || marker) {
            spellings.add(text);
        }
    }
    return spellings;
}

} // namespace

Loading Loading::parse(const std::string & text) {
    const common_json json = common_json::parse(text);
    Loading loading;
    loading.gpuLayers = json.at("gpuLayers").get<int>();
    loading.expertsOnCpu = json.at("expertsOnCpu").get<int>();
    loading.loadMode = json.at("loadMode").get<std::string>();
    loading.kvType = json.at("kvType").get<std::string>();
    return loading;
}

Model::Model(llama_model * handle, ggml_type kvType)
    : handle(handle), vocab(llama_model_get_vocab(handle)), kvType(kvType), templates(templatesOf(handle)), spellings(spellingsOf(vocab, templates.get())) {}

Model::~Model() {
    llama_model_free(handle);
}

std::shared_ptr<Model> Model::load(const std::string & path, const Loading & loading, const Progress & progress) {
    Watch watch{progress};
    const ggml_type kvType = typeOf(loading.kvType);
    const std::vector<std::string> patterns = expertPatterns(loading.expertsOnCpu);
    std::vector<llama_model_tensor_buft_override> overrides;
    for (const std::string & pattern : patterns) {
        overrides.push_back({pattern.c_str(), ggml_backend_cpu_buffer_type()});
    }
    overrides.push_back({nullptr, nullptr});
    llama_model_params params = llama_model_default_params();
    params.n_gpu_layers = loading.gpuLayers;
    params.load_mode = llama_load_mode_from_str(loading.loadMode.c_str());
    if (!patterns.empty()) {
        params.tensor_buft_overrides = overrides.data();
    }
    params.progress_callback = onProgress;
    params.progress_callback_user_data = &watch;
    log::lastError();
    std::unique_ptr<llama_model, decltype(&llama_model_free)> model(llama_model_load_from_file(path.c_str(), params), llama_model_free);
    if (watch.ended) {
        throw Failure(Code::aborted, "loading was ended");
    }
    if (!model) {
        throw Failure(Code::model, "llama.cpp can not load " + path + ": " + log::lastError());
    }
    auto loaded = std::shared_ptr<Model>(new Model(model.get(), kvType));
    model.release();
    return loaded;
}

std::string Model::info() const {
    char description[256] = {};
    llama_model_desc(handle, description, sizeof description);
    common_json ends = common_json::array();
    size_t longest = 1;
    for (llama_token token = 0; token < llama_vocab_n_tokens(vocab); token++) {
        longest = std::max(longest, piece(token, true).size());
        if (llama_vocab_is_eog(vocab, token)) {
            ends.push_back(token);
        }
    }
    return common_json::object({{"description", description},
                                {"context", llama_model_n_ctx_train(handle)},
                                {"vocab", llama_vocab_n_tokens(vocab)},
                                {"parameters", llama_model_n_params(handle)},
                                {"bytes", llama_model_size(handle)},
                                {"longestPiece", longest},
                                {"end", ends},
                                {"rewinds", !llama_model_is_recurrent(handle) && !llama_model_is_hybrid(handle) && llama_model_n_swa(handle) == 0},
                                {"layers", llama_model_n_layer(handle)},
                                {"experts", ExpertCounts::of(handle)}})
        .dump_safe();
}

std::vector<llama_token> Model::tokenize(const std::string & text, bool addSpecial, bool parseSpecial) const {
    return common_tokenize(vocab, text, addSpecial, parseSpecial);
}

std::string Model::piece(llama_token token, bool special) const {
    if (token < 0 || token >= llama_vocab_n_tokens(vocab)) {
        throw Failure(Code::invalid, "token " + std::to_string(token) + " is not in the vocabulary");
    }
    return common_token_to_piece(vocab, token, special);
}

} // namespace gatehouse
