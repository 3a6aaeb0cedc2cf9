package dev.gatehouse.worker.node;

/**
 * Which build this is.
 *
 * @param version of the release
 * @param stamp names the sources; {@code dev} for a build made by hand
 */
public record Build(String version, String stamp) {}
