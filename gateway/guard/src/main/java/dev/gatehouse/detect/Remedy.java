package dev.gatehouse.detect;

/** What becomes of a finding. */
public enum Remedy {
    /** It is seen and passes; text is not held for it. */
    OBSERVE,
    /** Its mask stands in its place. */
    MASK,
    /** It does not pass, nor does what follows it: a stream of text ends before it. */
    BLOCK
}
