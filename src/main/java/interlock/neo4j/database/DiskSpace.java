package interlock.neo4j.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Monitors the disk space of an embedded database.
 *
 * <p>Below the {@link DiskFloor} no new work may start. When so little is left that running work could not be stored,
 * the reserve is deleted; it is created again when there is space for it above the floor. Thread-safe.
 */
public final class DiskSpace {
    private static final Logger log = LoggerFactory.getLogger(DiskSpace.class);
    private static final String RESERVE = "reserve";
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Path directory;
    private final DiskFloor floor;
    private final ReserveFile reserve;
    private final Volume volume;
    private final InstantSource clock;

    private Instant lookedAt = Instant.MIN;
    private Optional<String> shortage = Optional.empty();

    /** A source of the free space. */
    @FunctionalInterface
    interface Volume {
        long usable() throws IOException;
    }

    DiskSpace(Path directory, DiskFloor floor, Volume volume, InstantSource clock) {
        this.directory = directory;
        this.floor = floor;
        this.reserve = new ReserveFile(directory.resolve(RESERVE), floor.reserve());
        this.volume = volume;
        this.clock = clock;
    }

    /** Monitors the file system of a directory. */
    static DiskSpace of(Path directory, DiskFloor floor, InstantSource clock) {
        return new DiskSpace(
                directory, floor, () -> Files.getFileStore(directory).getUsableSpace(), clock);
    }

    /** {@return why no new work may start; empty if it may} At most one second old. */
    public synchronized Optional<String> shortage() {
        Instant now = clock.instant();
        if (!now.isBefore(lookedAt.plus(FRESH)) || now.isBefore(lookedAt)) {
            look(now);
        }
        return shortage;
    }

    /**
     * Checks the disk space now.
     *
     * @throws DiskFull when no new work may start
     */
    public synchronized void require() {
        look(clock.instant());
        shortage.ifPresent(why -> {
            throw new DiskFull(why);
        });
    }

    /**
     * Ensures the space to open the database, which may have to recover after a killed process.
     *
     * @throws IOException when there is not enough, or the directory cannot be read
     */
    synchronized void prepare() throws IOException {
        if (reserve.size() == 0) {
            reserve.giveUp(); // left over from a start with another floor
        }
        look(clock.instant());
        long free = volume.usable();
        if (floor.bytes() > 0 && free < floor.low()) {
            throw new IOException("the disk is full: %s are free, and opening the database may need %s"
                    .formatted(DiskFloor.text(free), DiskFloor.text(floor.low())));
        }
    }

    private void look(Instant now) {
        Optional<String> before = shortage;
        shortage = lookNow();
        lookedAt = now;
        if (shortage.isPresent() && before.isEmpty()) {
            log.warn("{}. Until then no plan is accepted and no action is started", shortage.get());
        } else if (shortage.isEmpty() && before.isPresent()) {
            log.info("the disk of {} has enough free space again", directory);
        }
    }

    private Optional<String> lookNow() {
        if (floor.bytes() == 0) {
            return Optional.empty();
        }
        try {
            long free = volume.usable();
            boolean held = reserve.isHeld();
            if (free < floor.low() && reserve.giveUp()) {
                log.warn(
                        "only {} are free on the disk of {}: the reserve of {} has been deleted",
                        DiskFloor.text(free),
                        directory,
                        DiskFloor.text(reserve.size()));
                held = false;
                free = volume.usable();
            } else if (!held && free >= needed(false)) {
                reserve.hold();
                held = true;
                free = volume.usable();
            }
            return held && free >= floor.bytes() ? Optional.empty() : Optional.of(full(free, needed(held)));
        } catch (IOException e) {
            return Optional.of("the disk of %s cannot be used: %s".formatted(directory, reason(e)));
        }
    }

    private long needed(boolean held) {
        return held ? floor.bytes() : floor.bytes() + reserve.size();
    }

    private String full(long free, long needed) {
        return "the disk is full: %s are free in %s, and new work needs %s (--disk-floor)"
                .formatted(DiskFloor.text(free), directory, DiskFloor.text(needed));
    }

    private static String reason(IOException e) {
        return "%s: %s".formatted(e.getClass().getSimpleName(), e.getMessage());
    }
}
