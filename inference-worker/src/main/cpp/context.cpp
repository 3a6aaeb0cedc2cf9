#include "engine.hpp"

#include "ggml-backend.h"

#include <algorithm>
#include <cmath>

namespace gatehouse {

namespace {

template <typename Function> Function cpuFunction(const char * name) {
    ggml_backend_reg_t cpu = ggml_backend_dev_backend_reg(ggml_backend_dev_by_type(GGML_BACKEND_DEVICE_TYPE_CPU));
    auto function = reinterpret_cast<Function>(ggml_backend_reg_get_proc_address(cpu, name));
    if (!function) {
        throw Failure(Code::state, std::string("the CPU backend lacks ") + name);
    }
    return function;
}

void add(llama_batch & batch, const Row & row) {
    const int i = batch.n_tokens++;
    batch.token[i] = row.token;
    batch.pos[i] = row.position;
    batch.n_seq_id[i] = 1;
    batch.seq_id[i][0] = row.slot;
    batch.logits[i] = static_cast<int8_t>(row.sample != 0);
}

llama_context_params paramsOf(const ContextOptions & options) {
    llama_context_params params = llama_context_default_params();
    params.n_ctx = options.kvTokens;
    params.n_batch = options.rows;
    params.n_ubatch = options.rows;
    params.n_seq_max = options.sequences + 1; // the last one is the scratch sequence of save and restore
    params.n_outputs_max = params.n_seq_max;
    params.n_threads = options.threads;
    params.n_threads_batch = options.threads;
    params.kv_unified = true;
    params.no_perf = true;
    return params;
}

// A sequence that is empty before and after.
class Scratch {
public:
    Scratch(llama_context * context, int id) : memory(llama_get_memory(context)), id(id) { clear(); }
    ~Scratch() { clear(); }

    int first() const { return llama_memory_seq_pos_min(memory, id); }
    int last() const { return llama_memory_seq_pos_max(memory, id); }

private:
    void clear() { llama_memory_seq_rm(memory, id, -1, -1); }

    llama_memory_t memory;

public:
    const int id;
};

double logSum(const float * logits, int count) {
    const float top = *std::max_element(logits, logits + count);
    double sum = 0;
    for (int i = 0; i < count; i++) {
        sum += std::exp(static_cast<double>(logits[i] - top));
    }
    return top + std::log(sum);
}

} // namespace

Context::Context(std::shared_ptr<Model> owned, const ContextOptions & given) : experts(owned->handle, given.expertsEvery), model(std::move(owned)), options(given), chats(given.slots) {
    llama_context_params params = paramsOf(options);
    params.type_k = model->kvType;
    params.type_v = model->kvType;
    params.abort_callback = [](void * flag) { return static_cast<std::atomic<bool> *>(flag)->load(); };
    params.abort_callback_data = &aborted;
    if (experts.any()) {
        params.cb_eval = ExpertCounts::onNode;
        params.cb_eval_user_data = &experts;
    }
    auto newPool = cpuFunction<ggml_threadpool * (*)(ggml_threadpool_params *)>("ggml_threadpool_new");
    freePool = cpuFunction<void (*)(ggml_threadpool *)>("ggml_threadpool_free");
    log::lastError();
    handle = llama_init_from_model(model->handle, params);
    if (!handle) {
        throw Failure(Code::memory, "no memory for a context of " + std::to_string(options.kvTokens) + " tokens: " + log::lastError());
    }
    ggml_threadpool_params workers = ggml_threadpool_params_default(options.threads);
    pool = newPool(&workers);
    llama_attach_threadpool(handle, pool, pool);
    batch = llama_batch_init(options.rows, 0, 1);
}

Context::~Context() {
    llama_batch_free(batch);
    llama_free(handle);
    freePool(pool);
}

void Context::own() const {
    if (std::this_thread::get_id() != owner) {
        throw Failure(Code::state, "a context is used by another thread than the one that made it");
    }
}

void Context::exists(int sequence) const {
    if (sequence < 0 || sequence >= options.sequences) {
        throw Failure(Code::invalid, "sequence " + std::to_string(sequence) + " does not exist");
    }
}

void Context::bind(int slot, std::shared_ptr<Chat> chat) {
    own();
    if (slot < 0 || slot >= options.slots) {
        throw Failure(Code::invalid, "slot " + std::to_string(slot) + " does not exist");
    }
    chats[slot] = std::move(chat);
}

void Context::drop(int sequence, int start, int end) {
    own();
    exists(sequence);
    if (!llama_memory_seq_rm(llama_get_memory(handle), sequence, start, end)) {
        throw Failure(Code::invalid, "this model's cache can not be cut at position " + std::to_string(start));
    }
}

void Context::share(int from, int to, int start, int end) {
    own();
    exists(from);
    exists(to);
    llama_memory_seq_cp(llama_get_memory(handle), from, to, start, end);
}

void Context::divisible(int from, int to) const {
    const llama_model * weights = model->handle;
    if (llama_model_is_recurrent(weights) || llama_model_is_hybrid(weights) || llama_model_n_swa(weights) > 0) {
        throw Failure(Code::state, "the state of this model can not be cut at a position");
    }
    if (from < 0 || to <= from) {
        throw Failure(Code::invalid, "there are no positions from " + std::to_string(from) + " to " + std::to_string(to));
    }
}

size_t Context::copyOut(int sequence, int from, int to, const std::function<size_t(int)> & copy) {
    own();
    exists(sequence);
    divisible(from, to);
    Scratch scratch(handle, options.sequences);
    llama_memory_seq_cp(llama_get_memory(handle), sequence, scratch.id, from, to);
    if (scratch.first() != from || scratch.last() != to - 1) {
        throw Failure(Code::invalid, "sequence " + std::to_string(sequence) + " lacks positions from " + std::to_string(from) + " to " + std::to_string(to));
    }
    return copy(scratch.id);
}

size_t Context::stateBytes(int sequence, int from, int to) {
    return copyOut(sequence, from, to, [&](int scratch) { return llama_state_seq_get_size(handle, scratch); });
}

size_t Context::save(int sequence, int from, int to, char * into, size_t size) {
    return copyOut(sequence, from, to, [&](int scratch) {
        const size_t needed = llama_state_seq_get_size(handle, scratch);
        if (size < needed) {
            throw Failure(Code::invalid, "a state of " + std::to_string(needed) + " bytes does not fit into " + std::to_string(size));
        }
        if (llama_state_seq_get_data(handle, reinterpret_cast<uint8_t *>(into), size, scratch) != needed) {
            throw Failure(Code::state, "the KV cache can not be copied: " + log::lastError());
        }
        return needed;
    });
}

bool Context::restore(int sequence, int from, int to, const char * state, size_t size) {
    own();
    exists(sequence);
    divisible(from, to);
    llama_memory_t memory = llama_get_memory(handle);
    if (llama_memory_seq_pos_max(memory, sequence) != from - 1) {
        throw Failure(Code::invalid, "sequence " + std::to_string(sequence) + " does not end at position " + std::to_string(from));
    }
    Scratch scratch(handle, options.sequences);
    const size_t read = llama_state_seq_set_data(handle, reinterpret_cast<const uint8_t *>(state), size, scratch.id);
    if (read != size || scratch.first() < 0 || scratch.first() > from || scratch.last() != to - 1) {
        return false;
    }
    llama_memory_seq_cp(memory, scratch.id, sequence, from, to);
    return true;
}

Chat & Context::chat(int slot) const {
    if (slot < 0 || slot >= options.slots || !chats[slot]) {
        throw Failure(Code::state, "slot " + std::to_string(slot) + " has no chat");
    }
    return *chats[slot];
}

int Context::step(const Row * rows, int count, Pick * picks, int capacity) {
    own();
    const int most = static_cast<int>(llama_n_batch(handle));
    if (count < 1 || count > most) {
        throw Failure(Code::invalid, "a step has 1 to " + std::to_string(most) + " rows, not " + std::to_string(count));
    }
    batch.n_tokens = 0;
    int asked = 0;
    for (int i = 0; i < count; i++) {
        chat(rows[i].slot);
        asked += rows[i].sample != 0;
        add(batch, rows[i]);
    }
    if (asked > capacity || asked > options.slots) {
        throw Failure(Code::invalid, "too many rows ask for a token");
    }
    experts.begin(count, asked);
    const int result = llama_decode(handle, batch);
    experts.end(result == 0);
    if (result == 1) {
        return -1;
    }
    if (result != 0) {
        throw Failure(result == 2 ? Code::aborted : result == -1 ? Code::invalid : Code::internal, "llama_decode failed with " + std::to_string(result) + ": " + log::lastError());
    }
    int done = 0;
    for (int i = 0; i < count; i++) {
        if (rows[i].sample) {
            picks[done++] = pick(rows[i].slot, i);
        }
    }
    return done;
}

// What one sampler or grammar throws is its own slot's misfortune.
Pick Context::pick(int slot, int row) {
    try {
        return sample(slot, row);
    } catch (const std::exception & error) {
        log::error("the sampler of slot " + std::to_string(slot) + " failed: " + error.what());
        Pick failed{};
        failed.slot = slot;
        failed.token = LLAMA_TOKEN_NULL;
        return failed;
    }
}

Pick Context::sample(int slot, int row) {
    Chat & asked = chat(slot);
    Pick pick{};
    pick.slot = slot;
    pick.token = common_sampler_sample(asked.sampler.get(), handle, row);
    common_sampler_accept(asked.sampler.get(), pick.token, true);
    pick.end = llama_vocab_is_eog(model->vocab, pick.token);
    if (asked.alternatives < 0) {
        return pick;
    }
    const float * logits = llama_get_logits_ith(handle, row);
    const int vocab = llama_vocab_n_tokens(model->vocab);
    const double sum = logSum(logits, vocab);
    pick.logprob = static_cast<float>(logits[pick.token] - sum);
    pick.alternatives = std::min({asked.alternatives, maxAlternatives, vocab});
    scratch.resize(vocab);
    for (int token = 0; token < vocab; token++) {
        scratch[token] = {token, static_cast<float>(logits[token] - sum)};
    }
    std::partial_sort(scratch.begin(), scratch.begin() + pick.alternatives, scratch.end(), [](const auto & a, const auto & b) { return a.logprob > b.logprob; });
    std::copy_n(scratch.begin(), pick.alternatives, pick.top);
    return pick;
}

} // namespace gatehouse
