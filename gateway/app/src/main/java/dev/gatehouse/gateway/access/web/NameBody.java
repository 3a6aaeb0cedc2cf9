package dev.gatehouse.gateway.access.web;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** A new name. */
record NameBody(@NotBlank @Size(max = 200) String name) {}
