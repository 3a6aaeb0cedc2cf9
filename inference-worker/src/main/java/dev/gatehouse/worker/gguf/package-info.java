/** The head of a model file, read without trust: what it holds, and in which formats. */
@NullMarked
package dev.gatehouse.worker.gguf;

import org.jspecify.annotations.NullMarked;
