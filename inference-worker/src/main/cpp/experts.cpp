#include "experts.hpp"

#include "ggml-backend.h"
#include "ggml.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <string>

namespace gatehouse {

namespace {

constexpr char prefix[] = "ffn_moe_topk-";

bool isPicked(const ggml_tensor * node) {
    return node->type == GGML_TYPE_I32 && std::strncmp(node->name, prefix, sizeof prefix - 1) == 0;
}

} // namespace

ExpertCounts::ExpertCounts(const llama_model * model, int every)
    : every(every), layers(llama_model_n_layer(model)), experts(of(model)),
      picks(every > 0 ? static_cast<size_t>(layers) * experts : 0), stepPicks(picks.size()) {}

int ExpertCounts::of(const llama_model * model) {
    char architecture[128] = {};
    char value[32] = {};
    llama_model_meta_val_str(model, "general.architecture", architecture, sizeof architecture);
    const std::string key = std::string(architecture) + ".expert_count";
    return llama_model_meta_val_str(model, key.c_str(), value, sizeof value) < 0 ? 0 : std::atoi(value);
}

bool ExpertCounts::onNode(ggml_tensor * node, bool ask, void * data) {
    auto * self = static_cast<ExpertCounts *>(data);
    if (ask) {
        return self->counting && isPicked(node);
    }
    self->count(node, std::atoi(node->name + sizeof prefix - 1));
    return true;
}

void ExpertCounts::begin(int rowsOfIt, int outputsOfIt) {
    counting = any() && until == 0;
    until = counting ? every - 1 : std::max(0, until - 1);
    stepRows = rowsOfIt;
    stepOutputs = outputsOfIt;
}

void ExpertCounts::end(bool computed) {
    if (counting && computed) {
        steps++;
        rows += stepRows;
        outputs += stepOutputs;
        std::transform(picks.begin(), picks.end(), stepPicks.begin(), picks.begin(), std::plus<>());
    }
    if (counting) {
        std::fill(stepPicks.begin(), stepPicks.end(), 0);
    }
    counting = false;
}

int ExpertCounts::take(int64_t * into) {
    const int taken = static_cast<int>(steps);
    if (taken == 0) {
        return 0;
    }
    *into++ = steps;
    *into++ = rows;
    *into++ = outputs;
    std::copy(picks.begin(), picks.end(), into);
    steps = rows = outputs = 0;
    std::fill(picks.begin(), picks.end(), 0);
    return taken;
}

// A view of the sorted scores: its rows lie farther apart than they are long.
void ExpertCounts::count(const ggml_tensor * picked, int layer) {
    const char * data = static_cast<const char *>(picked->data);
    if (!ggml_backend_buffer_is_host(picked->view_src ? picked->view_src->buffer : picked->buffer)) {
        copy.resize(ggml_nbytes(picked));
        ggml_backend_tensor_get(picked, copy.data(), 0, copy.size());
        data = copy.data();
    }
    if (layer < 0 || layer >= layers) {
        return;
    }
    int64_t * counts = stepPicks.data() + static_cast<size_t>(layer) * experts;
    for (int64_t row = 0; row < picked->ne[1]; row++) {
        for (int64_t rank = 0; rank < picked->ne[0]; rank++) {
            int32_t expert;
            std::memcpy(&expert, data + row * picked->nb[1] + rank * picked->nb[0], sizeof expert);
            if (expert >= 0 && expert < experts) {
                counts[expert]++;
            }
        }
    }
}

} // namespace gatehouse
