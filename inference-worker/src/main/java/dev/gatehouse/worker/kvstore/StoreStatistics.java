package dev.gatehouse.worker.kvstore;

/**
 * How a store does; counts are since it was opened.
 *
 * @param memoryBytes of all blocks in memory
 * @param memoryBlocks that can be found there
 * @param diskBytes of all files
 * @param diskBlocks files
 * @param fromMemory blocks that were asked for and found there
 * @param fromDisk blocks that were asked for and read from disk
 * @param missed requests for blocks that ended before the last one, because it was in neither
 * @param written files
 * @param dropped blocks that did not come to the disk, or not even into memory, because there was no room or too much to write
 * @param corrupt files that did not open, and were deleted
 * @param failed reads and writes of the disk
 * @param diskFailing the disk is left alone for a while
 */
public record StoreStatistics(
        long memoryBytes,
        int memoryBlocks,
        long diskBytes,
        int diskBlocks,
        long fromMemory,
        long fromDisk,
        long missed,
        long written,
        long dropped,
        long corrupt,
        long failed,
        boolean diskFailing) {}
