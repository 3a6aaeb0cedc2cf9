package dev.gatehouse.worker.kvstore;

/** The store can not be opened; the message names the directory and what to do. */
public final class KvStoreException extends RuntimeException {

    KvStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
