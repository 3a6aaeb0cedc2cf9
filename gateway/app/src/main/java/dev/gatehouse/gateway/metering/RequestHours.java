package dev.gatehouse.gateway.metering;

/** The outcomes' counts, altogether and by node, and their latencies, for each hour of arrival, made from them and the ledger. */
interface RequestHours {

    /** As {@link UsageHours#bringUpToDate}, of outcomes and of the ledger's lines. */
    int bringUpToDate();
}
