// The native methods of dev.gatehouse.worker.llama.Natives: conversions only. No C++ exception leaves this file.
#include "engine.hpp"

#include <jni.h>

#include <new>

namespace {

using gatehouse::Chat;
using gatehouse::Code;
using gatehouse::Context;
using gatehouse::Failure;
using gatehouse::Model;

jclass exceptionClass;
jmethodID exceptionInit;
jmethodID progressMethod;

// Java has thrown already: unwind and return to it.
struct Pending {};

void checked(JNIEnv * env) {
    if (env->ExceptionCheck()) {
        throw Pending();
    }
}

jintArray ints(JNIEnv * env, const std::vector<llama_token> & values) {
    jintArray array = env->NewIntArray(static_cast<jsize>(values.size()));
    checked(env);
    env->SetIntArrayRegion(array, 0, static_cast<jsize>(values.size()), values.data());
    return array;
}

std::vector<llama_token> tokensOf(JNIEnv * env, jintArray array) {
    std::vector<llama_token> tokens(env->GetArrayLength(array));
    env->GetIntArrayRegion(array, 0, static_cast<jsize>(tokens.size()), tokens.data());
    checked(env);
    return tokens;
}

jbyteArray bytes(JNIEnv * env, const std::string & text) {
    jbyteArray array = env->NewByteArray(static_cast<jsize>(text.size()));
    checked(env);
    env->SetByteArrayRegion(array, 0, static_cast<jsize>(text.size()), reinterpret_cast<const jbyte *>(text.data()));
    return array;
}

std::string text(JNIEnv * env, jbyteArray array) {
    std::string text(env->GetArrayLength(array), '\0');
    env->GetByteArrayRegion(array, 0, static_cast<jsize>(text.size()), reinterpret_cast<jbyte *>(&text[0]));
    checked(env);
    return text;
}

void raise(JNIEnv * env, Code code, const char * message) {
    if (env->ExceptionCheck()) {
        return;
    }
    try {
        jbyteArray utf8 = bytes(env, message);
        jobject exception = env->NewObject(exceptionClass, exceptionInit, static_cast<jint>(code), utf8);
        if (exception) {
            env->Throw(static_cast<jthrowable>(exception));
        }
    } catch (const Pending &) {
    }
}

template <typename Body> auto guarded(JNIEnv * env, Body body) -> decltype(body()) {
    try {
        return body();
    } catch (const Pending &) {
    } catch (const Failure & failure) {
        raise(env, failure.code, failure.what());
    } catch (const std::bad_alloc &) {
        raise(env, Code::memory, "out of native memory");
    } catch (const std::exception & error) {
        raise(env, Code::invalid, error.what());
    } catch (...) {
        raise(env, Code::internal, "unknown native error");
    }
    return decltype(body())();
}

template <typename T> using Shared = std::shared_ptr<T>;

template <typename T> jlong handle(Shared<T> object) {
    return reinterpret_cast<jlong>(new Shared<T>(std::move(object)));
}

template <typename T> const Shared<T> & object(jlong handle) {
    return *reinterpret_cast<Shared<T> *>(handle);
}

template <typename T> void release(jlong handle) {
    delete reinterpret_cast<Shared<T> *>(handle);
}

template <typename T> T * direct(JNIEnv * env, jobject buffer, size_t count) {
    void * address = env->GetDirectBufferAddress(buffer);
    if (!address || static_cast<size_t>(env->GetDirectBufferCapacity(buffer)) < count * sizeof(T)) {
        throw Failure(Code::invalid, "the buffer is not direct or too small");
    }
    return static_cast<T *>(address);
}

gatehouse::Progress progressOf(JNIEnv * env, jobject progress) {
    return [=](float done) { return env->CallBooleanMethod(progress, progressMethod, static_cast<jdouble>(done)) && !env->ExceptionCheck(); };
}

} // namespace

#define NATIVE(type, name, ...) extern "C" JNIEXPORT type JNICALL Java_dev_gatehouse_worker_llama_Natives_##name(JNIEnv * env, jclass, ##__VA_ARGS__)

extern "C" JNIEXPORT jint JNICALL JNI_OnLoad(JavaVM * vm, void *) {
    JNIEnv * env;
    if (vm->GetEnv(reinterpret_cast<void **>(&env), JNI_VERSION_10) != JNI_OK) {
        return JNI_ERR;
    }
    jclass exception = env->FindClass("dev/gatehouse/worker/llama/LlamaException");
    jclass progress = exception ? env->FindClass("dev/gatehouse/worker/llama/Progress") : nullptr;
    exceptionInit = progress ? env->GetMethodID(exception, "<init>", "(I[B)V") : nullptr;
    progressMethod = exceptionInit ? env->GetMethodID(progress, "at", "(D)Z") : nullptr;
    if (!progressMethod) {
        return JNI_ERR;
    }
    exceptionClass = static_cast<jclass>(env->NewGlobalRef(exception));
    return JNI_VERSION_10;
}

NATIVE(jbyteArray, init, jbyteArray directory, jbyteArray gpus) {
    return guarded(env, [&] { return bytes(env, gatehouse::init(text(env, directory), text(env, gpus))); });
}

NATIVE(jint, drainLog, jobject buffer) {
    return guarded(env, [&] {
        const jlong size = env->GetDirectBufferCapacity(buffer);
        return static_cast<jint>(gatehouse::log::drain(direct<char>(env, buffer, 256), static_cast<size_t>(size)));
    });
}

NATIVE(jlong, modelLoad, jbyteArray path, jbyteArray loading, jobject progress) {
    return guarded(env, [&] { return handle(Model::load(text(env, path), gatehouse::Loading::parse(text(env, loading)), progressOf(env, progress))); });
}

NATIVE(jbyteArray, modelInfo, jlong model) {
    return guarded(env, [&] { return bytes(env, object<Model>(model)->info()); });
}

NATIVE(void, modelFree, jlong model) {
    guarded(env, [&] { release<Model>(model); });
}

NATIVE(jintArray, tokenize, jlong model, jbyteArray utf8, jboolean addSpecial, jboolean parseSpecial) {
    return guarded(env, [&] { return ints(env, object<Model>(model)->tokenize(text(env, utf8), addSpecial, parseSpecial)); });
}

NATIVE(jbyteArray, piece, jlong model, jint token, jboolean special) {
    return guarded(env, [&] { return bytes(env, object<Model>(model)->piece(token, special)); });
}

NATIVE(jlong, chatNew, jlong model, jbyteArray body, jbyteArray sampling) {
    return guarded(env, [&] { return handle(std::make_shared<Chat>(object<Model>(model), text(env, body), text(env, sampling))); });
}

NATIVE(jbyteArray, chatInfo, jlong chat) {
    return guarded(env, [&] { return bytes(env, object<Chat>(chat)->info()); });
}

NATIVE(jintArray, chatTokens, jlong chat) {
    return guarded(env, [&] { return ints(env, object<Chat>(chat)->tokens()); });
}

NATIVE(void, chatAccept, jlong chat, jintArray tokens) {
    guarded(env, [&] { object<Chat>(chat)->accept(tokensOf(env, tokens)); });
}

NATIVE(jbyteArray, chatParse, jlong chat, jbyteArray utf8, jboolean last) {
    return guarded(env, [&] { return bytes(env, object<Chat>(chat)->parse(text(env, utf8), last)); });
}

NATIVE(void, chatFree, jlong chat) {
    guarded(env, [&] { release<Chat>(chat); });
}

NATIVE(jlong, contextNew, jlong model, jint slots, jint sequences, jint kvTokens, jint rows, jint threads, jint expertsEvery) {
    return guarded(env, [&] {
        return handle(std::make_shared<Context>(object<Model>(model), gatehouse::ContextOptions{slots, sequences, kvTokens, rows, threads, expertsEvery}));
    });
}

NATIVE(void, contextBind, jlong context, jint slot, jlong chat) {
    guarded(env, [&] { object<Context>(context)->bind(slot, chat ? object<Chat>(chat) : nullptr); });
}

NATIVE(void, contextDrop, jlong context, jint sequence, jint start, jint end) {
    guarded(env, [&] { object<Context>(context)->drop(sequence, start, end); });
}

NATIVE(void, contextShare, jlong context, jint from, jint to, jint start, jint end) {
    guarded(env, [&] { object<Context>(context)->share(from, to, start, end); });
}

NATIVE(jlong, contextStateBytes, jlong context, jint slot, jint from, jint to) {
    return guarded(env, [&] { return static_cast<jlong>(object<Context>(context)->stateBytes(slot, from, to)); });
}

NATIVE(jlong, contextSave, jlong context, jint slot, jint from, jint to, jobject into, jlong size) {
    return guarded(env, [&] { return static_cast<jlong>(object<Context>(context)->save(slot, from, to, direct<char>(env, into, size), size)); });
}

NATIVE(jboolean, contextRestore, jlong context, jint slot, jint from, jint to, jobject state, jlong size) {
    return guarded(env, [&] { return static_cast<jboolean>(object<Context>(context)->restore(slot, from, to, direct<char>(env, state, size), size)); });
}

NATIVE(jint, contextStep, jlong context, jobject rows, jint count, jobject picks, jint capacity) {
    return guarded(env, [&] {
        return static_cast<jint>(object<Context>(context)->step(
            direct<gatehouse::Row>(env, rows, count), count, direct<gatehouse::Pick>(env, picks, capacity), capacity));
    });
}

NATIVE(jint, contextExperts, jlong context, jobject counts) {
    return guarded(env, [&] {
        gatehouse::ExpertCounts & experts = object<Context>(context)->experts;
        return static_cast<jint>(experts.take(direct<int64_t>(env, counts, experts.size())));
    });
}

NATIVE(void, contextAbort, jlong context) {
    guarded(env, [&] { object<Context>(context)->abort(); });
}

NATIVE(void, contextFree, jlong context) {
    guarded(env, [&] { release<Context>(context); });
}
