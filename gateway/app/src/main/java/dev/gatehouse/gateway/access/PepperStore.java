package dev.gatehouse.gateway.access;

import java.util.Map;

/** Which peppers keys were made with. */
interface PepperStore {

    /** The recorded fingerprints, by the peppers' versions. */
    Map<Integer, KeyDigest> fingerprints();

    /** Records a fingerprint unless its version has one. */
    void record(int version, KeyDigest fingerprint);
}
