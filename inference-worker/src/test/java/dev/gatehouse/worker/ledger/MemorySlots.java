package dev.gatehouse.worker.ledger;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Small extents in memory, whose owner can be made to die before the nth use of them. */
final class MemorySlots implements Slots {

    static final int EXTENT_SLOTS = 8;

    private final List<MemorySegment> extents = new ArrayList<>();
    private int usesLeft = Integer.MAX_VALUE;

    /** Ends a process where it is; what it stored until then stays. */
    static final class Death extends RuntimeException {
        Death() {
            super("killed");
        }
    }

    MemorySlots(int extents) {
        for (int i = 0; i < extents; i++) {
            this.extents.add(Arena.ofAuto().allocate((long) EXTENT_SLOTS * Slot.BYTES, 8));
        }
    }

    MemorySlots copy() {
        MemorySlots copy = new MemorySlots(extents.size());
        for (int i = 0; i < extents.size(); i++) {
            copy.extents.get(i).copyFrom(extents.get(i));
        }
        return copy;
    }

    void dieAfter(int uses) {
        usesLeft = uses;
    }

    @Override
    public int extentSlots() {
        return EXTENT_SLOTS;
    }

    @Override
    public int extents() {
        return extents.size();
    }

    @Override
    public Slot slot(int number) {
        use();
        return new Slot(
                extents.get(number / EXTENT_SLOTS).asSlice((long) (number % EXTENT_SLOTS) * Slot.BYTES, Slot.BYTES));
    }

    @Override
    public void sync(int extent) {
        use();
    }

    @Override
    public void truncate(int keep) {
        use();
        extents.subList(keep, extents.size()).clear();
    }

    private void use() {
        if (usesLeft-- == 0) {
            throw new Death();
        }
    }
}
