package dev.gatehouse.gateway.audit;

import java.util.List;

/** Writes rows to the disk; used by one thread. */
interface Appender extends AutoCloseable {

    /**
     * Writes all rows or none, in one transaction; rows that are there already stay as they are.
     *
     * @throws AppendException when they are not, or perhaps not, on disk
     */
    void append(List<Entry> rows) throws AppendException;

    /** Makes sure that rows could be written now. */
    void reach() throws AppendException;

    @Override
    void close();
}
