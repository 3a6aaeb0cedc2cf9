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

std::string devices() {
    common_json names = common_json::array();
    uint64_t gpu = 0;
    for (size_t i = 0; i < ggml_backend_dev_count(); i++) {
        ggml_backend_dev_t device = ggml_backend_dev_get(i);
        names.push_back(ggml_backend_dev_name(device));
        if (ggml_backend_dev_type(device) == GGML_BACKEND_DEVICE_TYPE_GPU) {
            size_t free = 0, total = 0;
            ggml_backend_dev_memory(device, &free, &total);
            gpu += free;
        }
    }
    return common_json::object({{"version", llama_version()}, {"system", llama_print_system_info()}, {"devices", names}, {"gpuBytes", gpu}}).dump_safe();
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

std::string init(const std::string & directory) {
    log::install();
    const std::string version = llama_version();
    if (version.compare(0, std::strlen(LLAMA_RELEASE), LLAMA_RELEASE) != 0) {
        throw Failure(Code::state, "the llama.cpp libraries in " + directory + " are of release " + version + ", this build needs " LLAMA_RELEASE);
    }
    ggml_backend_load_all_from_path(directory.c_str());
    llama_backend_init();
    if (!ggml_backend_dev_by_type(GGML_BACKEND_DEVICE_TYPE_CPU)) {
        throw Failure(Code::state, "no CPU backend of llama.cpp in " + directory + " runs on this processor");
    }
    return devices();
}

} // namespace gatehouse
