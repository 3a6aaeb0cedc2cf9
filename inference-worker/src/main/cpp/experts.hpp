// Which experts the router picks, counted in a sample of the steps.
#pragma once

#include "llama.h"

#include <cstdint>
#include <vector>

struct ggml_tensor;

namespace gatehouse {

class ExpertCounts {
public:
    // every: counts the first step and then each one that is so many later; 0: none.
    ExpertCounts(const llama_model * model, int every);

    // Of one layer; 0 if the model has none.
    static int of(const llama_model * model);

    // Whether there is anything to count; else nothing of this has to be installed.
    bool any() const { return every > 0 && layers > 0 && experts > 0; }
    // The context's cb_eval; data is this object.
    static bool onNode(ggml_tensor * node, bool ask, void * data);
    // Before a step of so many rows, of which some are outputs.
    void begin(int rows, int outputs);
    // After it; what a step has counted that failed is dropped.
    void end(bool computed);
    // Numbers that take writes.
    size_t size() const { return 3 + picks.size(); }
    // Moves {steps, rows, outputs, picks of layer 0's expert 0, 1, …, of layer 1's…} out and starts again; returns the steps, and writes nothing if there are none.
    int take(int64_t * into);

private:
    void count(const ggml_tensor * picked, int layer);

    const int every;
    const int layers;
    const int experts;
    int until = 0; // steps before the next one that counts
    bool counting = false;
    int64_t steps = 0, rows = 0, outputs = 0;
    int64_t stepRows = 0, stepOutputs = 0;
    std::vector<int64_t> picks;
    std::vector<int64_t> stepPicks;
    std::vector<char> copy;
};

} // namespace gatehouse
