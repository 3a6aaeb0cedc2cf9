package dev.gatehouse.gateway.backend.node;

import io.netty.handler.codec.http.HttpHeaders;

/** Takes what a node answers to one call, on the call's event loop. Exactly one of {@link #end} and {@link #lost} is the last. */
interface NodeAnswer {

    /** The request is on its way. */
    void sent(NodeConnection connection);

    void head(int status, HttpHeaders headers);

    void data(byte[] bytes);

    /** All that one read brought has been handed over. */
    void pause();

    void end();

    void lost(Throwable why);
}
