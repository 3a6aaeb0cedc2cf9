package dev.gatehouse.gateway.backend;

import dev.gatehouse.gateway.audit.Ticket;
import dev.gatehouse.gateway.guard.Screened;
import dev.gatehouse.gateway.quota.Reservation;
import dev.gatehouse.gateway.vocabulary.TenantId;

/** Everything that must be there before anything is sent: screened work, tokens held for it, a durable intent, a place. Attempts count from 1. */
public record Dispatch(Screened what, Reservation held, TenantId tenant, Ticket ticket, Candidate where, int attempt) {}
