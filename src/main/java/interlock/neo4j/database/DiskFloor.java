package interlock.neo4j.database;

import java.util.Locale;
import java.util.OptionalLong;

/**
 * The disk space to keep free for an embedded database, in bytes. Below the floor no new work starts, and only running
 * work is stored. A reserve file is kept in addition; it is deleted when even running work needs its space.
 *
 * @param bytes the floor; 0: neither a floor nor a reserve
 */
public record DiskFloor(long bytes) {
    private static final long MEGABYTE = 1L << 20;
    private static final long USUAL = 256 * MEGABYTE;
    private static final int PART_OF_DISK = 5;
    private static final int PART_IN_RESERVE = 4;
    private static final long LARGEST_RESERVE = 16 * MEGABYTE;

    /** {@return the configured floor, or else the smaller of 256 MB and a fifth of the disk} */
    public static DiskFloor of(OptionalLong asked, long disk) {
        return new DiskFloor(asked.orElse(Math.min(USUAL, disk / PART_OF_DISK)));
    }

    /** {@return the size of the reserve} */
    long reserve() {
        return Math.min(LARGEST_RESERVE, bytes / PART_IN_RESERVE);
    }

    /** {@return the free space below which the reserve is deleted} */
    long low() {
        return reserve() / 2;
    }

    /** {@return the size as text} Rounded down, so that 26.9 MB free are never shown as 27 of 27 needed. */
    static String text(long bytes) {
        return bytes >= MEGABYTE
                ? String.format(Locale.ROOT, "%d MB", bytes / MEGABYTE)
                : String.format(Locale.ROOT, "%d kB", bytes / 1024);
    }
}
