package dev.gatehouse.bench.report;

import java.util.List;

/**
 * What a run was taken under.
 *
 * @param on what the measured system did for each request
 * @param load the state of the machine before the run: its load average of one minute
 */
public record Conditions(List<String> on, String peer, String machine, double load, int rounds, boolean quick) {}
