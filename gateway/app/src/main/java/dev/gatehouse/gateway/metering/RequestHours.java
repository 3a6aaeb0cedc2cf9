package dev.gatehouse.gateway.metering;

/** The outcomes' counts and latencies for each hour of arrival, made from them. */
interface RequestHours {

    /** As {@link UsageHours#bringUpToDate}, of outcomes. */
    int bringUpToDate();
}
