package dev.gatehouse.gateway.anthropic;

import dev.gatehouse.gateway.vocabulary.Generate;

/** A message request as read: the work, and whether the client wants the answer as it comes. */
record Ask(Generate work, boolean stream) {}
