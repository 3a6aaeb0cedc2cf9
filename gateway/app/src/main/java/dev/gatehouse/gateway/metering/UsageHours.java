package dev.gatehouse.gateway.metering;

/** The ledger's sums for each hour of arrival, made from it. */
interface UsageHours {

    /**
     * Makes the sums of those hours again of which lines were recorded since the last time: exact however late a line came, and as
     * often as one likes. Does nothing while another gateway is at it.
     *
     * @return hours whose sums were made
     */
    int bringUpToDate();

    /** Makes room for the lines of this month and of those that follow. */
    void openMonths();
}
