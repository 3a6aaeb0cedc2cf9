package dev.gatehouse.gateway.quota;

/** More units for a request, of one of its limits. */
record Claim(Part part, long units) {

    /** How many of them are not here. */
    long missing() {
        return Math.max(0, units - Math.max(0, part.lease().free()));
    }
}
