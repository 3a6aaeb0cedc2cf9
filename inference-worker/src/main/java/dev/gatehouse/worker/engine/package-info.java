/**
 * Generates text: the {@link dev.gatehouse.worker.engine.Engine} port, the scheduler that packs many requests into one
 * step, the llama.cpp engine and the scripted echo engine. Runs without Spring.
 */
@NullMarked
package dev.gatehouse.worker.engine;

import org.jspecify.annotations.NullMarked;
