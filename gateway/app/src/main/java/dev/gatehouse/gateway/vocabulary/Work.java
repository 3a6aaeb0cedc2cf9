package dev.gatehouse.gateway.vocabulary;

import java.util.List;

/** What a client asks for: its own bytes, and what the gateway understood of them. */
public sealed interface Work permits Generate, Count {

    ModelName model();

    Wire wire();

    /** Every JSON string of the request, member names included. */
    List<TextField> texts();

    List<Image> images();

    Bound bound();

    Priority priority();

    /** What is to be paid for it where a model's price is this. */
    Price at(Price listed);

    /** The same work with other bytes; the text fields then no longer point into them. */
    Work rewritten(Wire wire);
}
