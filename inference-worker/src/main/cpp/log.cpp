#include "engine.hpp"

#include "ggml-backend.h"
#include "log.h"

#include <cstring>
#include <deque>
#include <mutex>

namespace gatehouse {

namespace {

struct Line {
    ggml_log_level level;
    std::string text;
};

std::mutex mutex;
std::deque<Line> lines;
size_t dropped = 0;
thread_local std::string lastErrorOfThread;

void add(ggml_log_level level, const char * text, void *) {
    if (level == GGML_LOG_LEVEL_DEBUG) {
        return;
    }
    if (level == GGML_LOG_LEVEL_ERROR) {
        lastErrorOfThread = text;
    }
    std::lock_guard<std::mutex> lock(mutex);
    if (level == GGML_LOG_LEVEL_CONT && !lines.empty()) {
        if (lines.back().text.size() < 4096) {
            lines.back().text += text;
        }
    } else if (lines.size() < log::capacity) {
        lines.push_back({level, text});
    } else {
        dropped++;
    }
}

size_t write(char * buffer, size_t size, const Line & line) {
    const int8_t level = static_cast<int8_t>(line.level);
    const int32_t length = static_cast<int32_t>(std::min(line.text.size(), size - 5));
    std::memcpy(buffer, &level, 1);
    std::memcpy(buffer + 1, &length, 4);
    std::memcpy(buffer + 5, line.text.data(), length);
    return 5 + length;
}

bool isGpu(ggml_backend_dev_t device) {
    const auto type = ggml_backend_dev_type(device);
    return type == GGML_BACKEND_DEVICE_TYPE_GPU || type == GGML_BACKEND_DEVICE_TYPE_IGPU;
}

std::string backendOf(ggml_backend_dev_t device) {
    return ggml_backend_reg_name(ggml_backend_dev_backend_reg(device));
}

// Unloads the backends of other GPUs, so that no model is put on them.
void keepOnly(const std::string & gpus) {
    for (size_t i = ggml_backend_reg_count(); i-- > 0;) {
        ggml_backend_reg_t backend = ggml_backend_reg_get(i);
        const bool gpu = ggml_backend_reg_dev_count(backend) > 0 && isGpu(ggml_backend_reg_dev_get(backend, 0));
        if (gpu && ("," + gpus + ",").find("," + std::string(ggml_backend_reg_name(backend)) + ",") == std::string::npos) {
            ggml_backend_unload(backend);
        }
    }
}

common_json devices() {
    common_json all = common_json::array();
    for (size_t i = 0; i < ggml_backend_dev_count(); i++) {
        ggml_backend_dev_t device = ggml_backend_dev_get(i);
        all.push_back(common_json::object({{"name", ggml_backend_dev_name(device)}, {"backend", backendOf(device)}, {"description", ggml_backend_dev_description(device)}}));
    }
    return all;
}

// Memory that is free on GPUs of their own memory, all together.
uint64_t gpuBytes() {
    uint64_t bytes = 0;
    for (size_t i = 0; i < ggml_backend_dev_count(); i++) {
        ggml_backend_dev_t device = ggml_backend_dev_get(i);
        if (ggml_backend_dev_type(device) == GGML_BACKEND_DEVICE_TYPE_GPU) {
            size_t free = 0, total = 0;
            ggml_backend_dev_memory(device, &free, &total);
            bytes += free;
        }
    }
    return bytes;
}

} // namespace

void log::install() {
    llama_log_set(add, nullptr);
    common_log_set_verbosity_thold(-1); // common's own logger writes to stderr and knows no callback
}

void log::error(const std::string & line) {
    add(GGML_LOG_LEVEL_ERROR, (line + "\n").c_str(), nullptr);
}

std::string log::lastError() {
    std::string error;
    error.swap(lastErrorOfThread);
    while (!error.empty() && error.back() == '\n') {
        error.pop_back();
    }
    return error;
}

size_t log::drain(char * buffer, size_t size) {
    std::lock_guard<std::mutex> lock(mutex);
    size_t written = 0;
    while (!lines.empty() && (written == 0 || written + 5 + lines.front().text.size() <= size)) {
        written += write(buffer + written, size - written, lines.front());
        lines.pop_front();
    }
    if (lines.empty() && dropped > 0 && size - written > 64) {
        written += write(buffer + written, size - written, {GGML_LOG_LEVEL_WARN, std::to_string(dropped) + " lines of llama.cpp's log were dropped"});
        dropped = 0;
    }
    return written;
}

std::string init(const std::string & directory, const std::string & gpus) {
    log::install();
    const std::string version = llama_version();
    if (version.compare(0, std::strlen(LLAMA_RELEASE), LLAMA_RELEASE) != 0) {
        throw Failure(Code::state, "the llama.cpp libraries in " + directory + " are of release " + version + ", this build needs " LLAMA_RELEASE);
    }
    ggml_backend_load_all_from_path(directory.c_str());
    if (gpus != "*") {
        keepOnly(gpus);
    }
    llama_backend_init();
    if (!ggml_backend_dev_by_type(GGML_BACKEND_DEVICE_TYPE_CPU)) {
        throw Failure(Code::state, "no CPU backend of llama.cpp in " + directory + " runs on this processor");
    }
    return common_json::object({{"version", llama_version()}, {"system", llama_print_system_info()}, {"devices", devices()}, {"gpuBytes", gpuBytes()}}).dump_safe();
}

} // namespace gatehouse
