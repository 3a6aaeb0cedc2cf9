package dev.gatehouse.worker.ledger;

import java.io.IOException;
import java.util.BitSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles in place what the last process left: clears what is too old, ends what still ran, and gives back the extents
 * that are not needed any more. It may die at any point: a record is cleared by one store, and a moved one is there
 * twice until the extent that it came from is dropped, which {@link Occupancy} sorts out.
 */
final class Compaction {

    private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);

    private final Slots slots;
    private final long now;
    private final Damage damage;
    private final BitSet written = new BitSet();
    private int kept;
    private int died;

    private Compaction(Slots slots, long now, Damage damage) {
        this.slots = slots;
        this.now = now;
        this.damage = damage;
    }

    /** Leaves only records that have ended. */
    static void run(Slots slots, long now, Damage damage) throws IOException {
        new Compaction(slots, now, damage).run();
    }

    private void run() throws IOException {
        for (int number = 0; number < slots.count(); number++) {
            settle(number, slots.slot(number));
        }
        if (died > 0) {
            LOG.warn("{} exchanges ran when the last process of this node died; their counts are kept", died);
        }
        int needed = Math.min(extentsNeeded(), slots.extents());
        moveBelow(needed * slots.extentSlots());
        written.stream().forEach(slots::sync);
        slots.truncate(needed);
    }

    private void settle(int number, Slot slot) throws IOException {
        if (!slot.used()) {
            return;
        }
        if (!slot.openingIntact()) {
            damage.found(number, "its opening does not match its checksum; the record is lost");
            slot.clear();
        } else if (!slot.ended()) {
            endAsDied(number, slot);
        } else if (!slot.endingIntact()) {
            damage.found(number, "its ending does not match its checksum; exchange " + slot.id() + " is kept as died");
            endAsDied(number, slot);
        } else if (slot.endedAt() < now - Ledger.RETENTION.toMillis()) {
            slot.clear();
        } else {
            kept++;
        }
    }

    private void endAsDied(int number, Slot slot) {
        slot.end(new Ending(Reason.DIED, now, Timing.NONE), slot.counts());
        written.set(number / slots.extentSlots());
        died++;
        kept++;
    }

    /** Half an extent of them is free, so that there is room until the first new one. */
    private int extentsNeeded() {
        return Math.ceilDiv(kept + slots.extentSlots() / 2, slots.extentSlots());
    }

    private void moveBelow(int limit) {
        int free = 0;
        for (int number = limit; number < slots.count(); number++) {
            Slot slot = slots.slot(number);
            if (slot.used()) {
                free = firstFree(free);
                slots.slot(free).copy(slot);
                written.set(free / slots.extentSlots());
            }
        }
    }

    private int firstFree(int from) {
        int number = from;
        while (slots.slot(number).used()) {
            number++;
        }
        return number;
    }
}
