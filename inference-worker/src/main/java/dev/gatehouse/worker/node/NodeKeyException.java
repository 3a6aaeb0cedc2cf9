package dev.gatehouse.worker.node;

/** The node has no usable key; the message names the file. */
public final class NodeKeyException extends RuntimeException {

    NodeKeyException(String message) {
        super(message);
    }
}
