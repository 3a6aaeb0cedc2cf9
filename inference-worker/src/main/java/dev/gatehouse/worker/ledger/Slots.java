package dev.gatehouse.worker.ledger;

import java.io.IOException;

/** Slots by number from 0, which come and go in extents of equal size. */
interface Slots {

    int extentSlots();

    int extents();

    Slot slot(int number);

    /**
     * Returns when what was written to an extent is on the disk.
     *
     * @throws java.io.UncheckedIOException the disk failed
     */
    void sync(int extent);

    /** Drops all extents but the first ones. */
    void truncate(int extents) throws IOException;

    default int count() {
        return extents() * extentSlots();
    }
}
