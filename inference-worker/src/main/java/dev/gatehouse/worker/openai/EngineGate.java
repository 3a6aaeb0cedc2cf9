package dev.gatehouse.worker.openai;

import dev.gatehouse.worker.engine.Engine;

/** Lets a request through to the engine, or says why not now. */
public interface EngineGate {

    /** @throws ApiException 503: the node is loading its model or is draining */
    Engine enter() throws ApiException;
}
