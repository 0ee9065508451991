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
 * Watches how much room there is for the files of an embedded database.
 *
 * <p>Below the {@link DiskFloor} nothing new may begin. When so little is left that what runs could not be stored any more, the
 * reserve is given up; it is made again when there is room for it above the floor. For any thread.
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

    /** Where files are: how much there is free. */
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

    /** Watches the file system that a directory is on. */
    static DiskSpace of(Path directory, DiskFloor floor, InstantSource clock) {
        return new DiskSpace(
                directory, floor, () -> Files.getFileStore(directory).getUsableSpace(), clock);
    }

    /** {@return why nothing new may begin, for a person to read; empty if it may} As it was within the last second. */
    public synchronized Optional<String> shortage() {
        Instant now = clock.instant();
        if (!now.isBefore(lookedAt.plus(FRESH)) || now.isBefore(lookedAt)) {
            look(now);
        }
        return shortage;
    }

    /**
     * Looks at once.
     *
     * @throws DiskFull when nothing new may begin
     */
    public synchronized void require() {
        look(clock.instant());
        shortage.ifPresent(why -> {
            throw new DiskFull(why);
        });
    }

    /**
     * Makes room for opening the database, which may have to recover what a killed process has left.
     *
     * @throws IOException when there is not enough, or the directory cannot be read
     */
    synchronized void prepare() throws IOException {
        if (reserve.size() == 0) {
            reserve.giveUp(); // of a start with another floor
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
            log.warn("{}. Until then no plan is accepted and no action is begun", shortage.get());
        } else if (shortage.isEmpty() && before.isPresent()) {
            log.info("there is room on the disk of {} again", directory);
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
                        "only {} are free on the disk of {}: the reserve of {} has been given up",
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
        return "the disk is full: %s are free in %s, and something new needs %s (--disk-floor)"
                .formatted(DiskFloor.text(free), directory, DiskFloor.text(needed));
    }

    private static String reason(IOException e) {
        return "%s: %s".formatted(e.getClass().getSimpleName(), e.getMessage());
    }
}
