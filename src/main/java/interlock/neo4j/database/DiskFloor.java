package interlock.neo4j.database;

import java.util.Locale;
import java.util.OptionalLong;

/**
 * How much of the disk of an embedded database is kept free, in bytes: below the floor nothing new is begun, and what runs is
 * stored. Beside the floor there is a reserve, which is given up when even that needs it.
 *
 * @param bytes the floor; 0: none, and no reserve
 */
public record DiskFloor(long bytes) {
    private static final long MEGABYTE = 1L << 20;
    private static final long USUAL = 256 * MEGABYTE;
    private static final int PART_OF_DISK = 5;
    private static final int PART_IN_RESERVE = 4;
    private static final long LARGEST_RESERVE = 16 * MEGABYTE;

    /** {@return what was asked for; else the smaller of 256 MB and a fifth of a disk of so many bytes} */
    public static DiskFloor of(OptionalLong asked, long disk) {
        return new DiskFloor(asked.orElse(Math.min(USUAL, disk / PART_OF_DISK)));
    }

    /** {@return how much the reserve occupies} */
    long reserve() {
        return Math.min(LARGEST_RESERVE, bytes / PART_IN_RESERVE);
    }

    /** {@return when less than this is free, the reserve is given up} */
    long low() {
        return reserve() / 2;
    }

    /** {@return how much it is, for a person to read} Rounded down, so that 26.9 free are never 27 of 27 needed. */
    static String text(long bytes) {
        return bytes >= MEGABYTE
                ? String.format(Locale.ROOT, "%d MB", bytes / MEGABYTE)
                : String.format(Locale.ROOT, "%d kB", bytes / 1024);
    }
}
