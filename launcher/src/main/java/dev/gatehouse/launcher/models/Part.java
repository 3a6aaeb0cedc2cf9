package dev.gatehouse.launcher.models;

import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One file of a model, and where it comes from.
 *
 * @param name that it gets
 * @param size in bytes, where the source says it
 * @param sha256 lower-case hex, where somebody says it
 */
public record Part(URI from, String name, OptionalLong size, Optional<String> sha256) {}
