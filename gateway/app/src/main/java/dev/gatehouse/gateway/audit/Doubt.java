package dev.gatehouse.gateway.audit;

/**
 * A request whose outcome says less than its nodes may know.
 *
 * @param blind not even what was dispatched was known, and so not what the caller owes
 */
public record Doubt(Orphan request, boolean blind) {}
