package dev.gatehouse.worker.ledger;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * One record of the file, 256 bytes: the opening (written once), two pairs of counts, the cap and the resumed tokens (each one
 * 8-byte store, so never torn) and the ending (written once). The tag of a part is stored after the part.
 */
final class Slot {

    static final int BYTES = 256;
    static final int MODEL_BYTES = 88;

    private static final int OPEN_TAG = 0x4748_5831;
    private static final int END_TAG = 0x4748_5833;

    /** Of an ending that has no expense, as earlier releases wrote it. */
    private static final int PLAIN_END_TAG = 0x4748_5832;

    private static final long OPEN_TAG_AT = 0;
    private static final long OPEN_SUM_AT = 4;
    private static final long OPENING_AT = 8;
    private static final long MSB_AT = 8;
    private static final long LSB_AT = 16;
    private static final long ATTEMPT_AT = 24;
    private static final long MODEL_LENGTH_AT = 28;
    private static final long STARTED_AT = 32;
    private static final long MODEL_AT = 40;
    private static final long COUNTS_AT = MODEL_AT + MODEL_BYTES;
    private static final long PROMPT_AT = COUNTS_AT;
    private static final long COMPLETION_AT = 136;
    private static final long CAP_AT = 144;
    private static final long END_TAG_AT = 152;
    private static final long END_SUM_AT = 156;
    private static final long ENDING_AT = 160;
    private static final long ENDED_AT = 160;
    private static final long REASON_AT = 168;
    private static final long TIMING_AT = 176;
    private static final long ENDING_END = TIMING_AT + 4 * Double.BYTES;
    private static final long RESUMED_AT = ENDING_END;
    private static final long EXPENSE_AT = ENDING_END + Long.BYTES;
    private static final long EXPENSE_END = EXPENSE_AT + 5 * Double.BYTES;

    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

    private final MemorySegment bytes;

    Slot(MemorySegment bytes) {
        this.bytes = bytes;
    }

    /** Whether something was written here; not whether it is intact. */
    boolean used() {
        return tag(OPEN_TAG_AT) != 0;
    }

    boolean openingIntact() {
        return tag(OPEN_TAG_AT) == OPEN_TAG && getInt(OPEN_SUM_AT) == sum(OPENING_AT, COUNTS_AT);
    }

    boolean ended() {
        return tag(END_TAG_AT) != 0;
    }

    boolean endingIntact() {
        return switch (tag(END_TAG_AT)) {
            case END_TAG -> getInt(END_SUM_AT) == endSum(EXPENSE_END - EXPENSE_AT);
            case PLAIN_END_TAG -> getInt(END_SUM_AT) == endSum(0);
            default -> false;
        };
    }

    void open(ExchangeId id, String model, long startedAt, long cap) {
        bytes.fill((byte) 0);
        byte[] name = model.getBytes(StandardCharsets.UTF_8);
        bytes.set(ValueLayout.JAVA_LONG, MSB_AT, id.intent().getMostSignificantBits());
        bytes.set(ValueLayout.JAVA_LONG, LSB_AT, id.intent().getLeastSignificantBits());
        bytes.set(ValueLayout.JAVA_INT, ATTEMPT_AT, id.attempt());
        bytes.set(ValueLayout.JAVA_INT, MODEL_LENGTH_AT, name.length);
        bytes.set(ValueLayout.JAVA_LONG, STARTED_AT, startedAt);
        MemorySegment.copy(name, 0, bytes, ValueLayout.JAVA_BYTE, MODEL_AT, name.length);
        cap(cap);
        bytes.set(ValueLayout.JAVA_INT, OPEN_SUM_AT, sum(OPENING_AT, COUNTS_AT));
        INT.setRelease(bytes, OPEN_TAG_AT, OPEN_TAG);
    }

    /** Makes this unused slot one with the same record; until all of it is here, this one stays unused. */
    void copy(Slot from) {
        MemorySegment.copy(from.bytes, OPEN_SUM_AT, bytes, OPEN_SUM_AT, BYTES - OPEN_SUM_AT);
        INT.setRelease(bytes, OPEN_TAG_AT, OPEN_TAG);
    }

    void clear() {
        INT.setRelease(bytes, OPEN_TAG_AT, 0);
    }

    void prompt(int prompt, int cached) {
        LONG.setRelease(bytes, PROMPT_AT, pair(prompt, cached));
    }

    void completion(int completion, int reasoning) {
        LONG.setRelease(bytes, COMPLETION_AT, pair(completion, reasoning));
    }

    void resumed(int tokens) {
        LONG.setRelease(bytes, RESUMED_AT, tokens);
    }

    void cap(long cap) {
        LONG.setRelease(bytes, CAP_AT, cap);
    }

    void end(Ending ending, Counts counts) {
        prompt(counts.prompt(), counts.cached());
        completion(counts.completion(), counts.reasoning());
        bytes.set(ValueLayout.JAVA_LONG, ENDED_AT, ending.at());
        bytes.set(ValueLayout.JAVA_LONG, REASON_AT, ending.reason().ordinal());
        Timing timing = ending.timing();
        bytes.set(ValueLayout.JAVA_DOUBLE, TIMING_AT, timing.queueMs());
        bytes.set(ValueLayout.JAVA_DOUBLE, TIMING_AT + 8, timing.prefillMs());
        bytes.set(ValueLayout.JAVA_DOUBLE, TIMING_AT + 16, timing.decodeMs());
        bytes.set(ValueLayout.JAVA_DOUBLE, TIMING_AT + 24, timing.stepRows());
        expense(timing.expense());
        bytes.set(ValueLayout.JAVA_INT, END_SUM_AT, endSum(EXPENSE_END - EXPENSE_AT));
        INT.setRelease(bytes, END_TAG_AT, END_TAG);
    }

    private void expense(Expense expense) {
        bytes.set(ValueLayout.JAVA_DOUBLE, EXPENSE_AT, expense.computeMs());
        bytes.set(ValueLayout.JAVA_DOUBLE, EXPENSE_AT + 8, expense.kvByteSeconds());
        bytes.set(ValueLayout.JAVA_DOUBLE, EXPENSE_AT + 16, expense.recomputed());
        bytes.set(ValueLayout.JAVA_DOUBLE, EXPENSE_AT + 24, expense.joules().orElse(Double.NaN));
        bytes.set(ValueLayout.JAVA_DOUBLE, EXPENSE_AT + 32, expense.bandwidth().orElse(Double.NaN));
    }

    private Expense expense() {
        return tag(END_TAG_AT) == PLAIN_END_TAG
                ? Expense.NONE
                : new Expense(
                        bytes.get(ValueLayout.JAVA_DOUBLE, EXPENSE_AT),
                        bytes.get(ValueLayout.JAVA_DOUBLE, EXPENSE_AT + 8),
                        (int) bytes.get(ValueLayout.JAVA_DOUBLE, EXPENSE_AT + 16),
                        known(EXPENSE_AT + 24),
                        known(EXPENSE_AT + 32));
    }

    private OptionalDouble known(long at) {
        double value = bytes.get(ValueLayout.JAVA_DOUBLE, at);
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    ExchangeId id() {
        return new ExchangeId(intent(), getInt(ATTEMPT_AT));
    }

    UUID intent() {
        return new UUID(getLong(MSB_AT), getLong(LSB_AT));
    }

    int attempt() {
        return getInt(ATTEMPT_AT);
    }

    /** When the intent was made by its own word, a UUID of version 7; milliseconds since the epoch. */
    long madeAt() {
        return getLong(MSB_AT) >>> 16;
    }

    long endedAt() {
        return getLong(ENDED_AT);
    }

    /** The opening must be intact; an ending that is not is left out. */
    ExchangeRecord read() {
        return new ExchangeRecord(
                id(),
                new String(
                        bytes.asSlice(MODEL_AT, getInt(MODEL_LENGTH_AT)).toArray(ValueLayout.JAVA_BYTE),
                        StandardCharsets.UTF_8),
                getLong(STARTED_AT),
                getLong(CAP_AT),
                (int) getLong(RESUMED_AT),
                counts(),
                endingIntact() ? Optional.of(ending()) : Optional.empty());
    }

    Counts counts() {
        long prompt = getLong(PROMPT_AT);
        long completion = getLong(COMPLETION_AT);
        return new Counts(high(prompt), low(prompt), high(completion), low(completion));
    }

    private Ending ending() {
        Timing timing = new Timing(
                bytes.get(ValueLayout.JAVA_DOUBLE, TIMING_AT),
                bytes.get(ValueLayout.JAVA_DOUBLE, TIMING_AT + 8),
                bytes.get(ValueLayout.JAVA_DOUBLE, TIMING_AT + 16),
                bytes.get(ValueLayout.JAVA_DOUBLE, TIMING_AT + 24),
                expense());
        return new Ending(Reason.values()[(int) getLong(REASON_AT)], endedAt(), timing);
    }

    private int endSum(long expenseBytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.asSlice(COUNTS_AT, 16).asByteBuffer());
        crc.update(bytes.asSlice(ENDING_AT, ENDING_END - ENDING_AT).asByteBuffer());
        crc.update(bytes.asSlice(EXPENSE_AT, expenseBytes).asByteBuffer());
        return (int) crc.getValue();
    }

    private int sum(long from, long to) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.asSlice(from, to - from).asByteBuffer());
        return (int) crc.getValue();
    }

    private int tag(long at) {
        return (int) INT.getAcquire(bytes, at);
    }

    private int getInt(long at) {
        return bytes.get(ValueLayout.JAVA_INT, at);
    }

    private long getLong(long at) {
        return (long) LONG.getAcquire(bytes, at);
    }

    private static long pair(int high, int low) {
        return ((long) high << 32) | (low & 0xFFFF_FFFFL);
    }

    private static int high(long pair) {
        return (int) (pair >>> 32);
    }

    private static int low(long pair) {
        return (int) pair;
    }
}
