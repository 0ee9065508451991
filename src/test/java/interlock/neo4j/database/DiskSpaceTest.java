package interlock.neo4j.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSpaceTest {
    private static final long MB = 1L << 20;
    private static final DiskFloor FLOOR = new DiskFloor(8 * MB); // a reserve of 2 MB, given up below 1 MB

    @TempDir
    private Path folder;

    private Instant now = Instant.parse("2026-11-30T12:00:00Z");
    private long others = 80 * MB;
    private boolean broken;
    private DiskSpace disk;

    @BeforeEach
    void watch() {
        disk = new DiskSpace(folder, FLOOR, this::usable, () -> now);
    }

    @Test
    void thereIsRoomAsLongAsTheFloorIsFreeBesideTheReserve() {
        free(10 * MB);

        assertThat(shortage()).isEmpty();
        assertThat(reserve()).hasSize(2 * MB);
        assertThat(100 * MB - others - reserved()).isEqualTo(8 * MB);
    }

    @Test
    void belowTheFloorThereIsAShortageThatSaysHowMuchIsFreeAndNeeded() {
        free(10 * MB);
        shortage();

        free(5 * MB);

        assertThat(shortage())
                .isEqualTo("the disk is full: 5 MB are free in %s, and new work needs 8 MB (--disk-floor)", folder);
        assertThatThrownBy(disk::require).isInstanceOf(DiskFull.class).hasMessageContaining("the disk is full");
        assertThat(reserve()).exists();
    }

    @Test
    void theReserveIsGivenUpWhenHardlyAnythingIsLeftAndMadeAgainWhenThereIsRoom() {
        free(10 * MB);
        shortage();

        free(MB - 1);
        shortage();
        assertThat(reserve()).doesNotExist();
        assertThat(100 * MB - others - reserved()).isEqualTo(3 * MB - 1);

        free(9 * MB);
        assertThat(shortage()).contains("9 MB are free", "needs 10 MB");
        assertThat(reserve()).doesNotExist();

        free(10 * MB);
        assertThat(shortage()).isEmpty();
        assertThat(reserve()).exists();
    }

    @Test
    void theDiskIsLookedAtOnceASecondUnlessSomethingIsToBeStored() {
        free(10 * MB);
        shortage();

        others = 200 * MB;
        assertThat(disk.shortage()).isEmpty();
        assertThatThrownBy(disk::require).isInstanceOf(DiskFull.class);
        assertThat(disk.shortage()).isPresent();
    }

    @Test
    void aReserveThatWasCutShortIsCompleted() throws IOException {
        Files.write(reserve(), new byte[1000]);
        free(10 * MB);

        assertThat(shortage()).isEmpty();
        assertThat(reserve()).hasSize(2 * MB);
    }

    @Test
    void withoutAFloorThereIsNoReserveAndNeverAShortage() {
        disk = new DiskSpace(folder, new DiskFloor(0), this::usable, () -> now);
        others = 1000 * MB;

        assertThat(shortage()).isEmpty();
        assertThat(reserve()).doesNotExist();
    }

    @Test
    void aDiskThatCannotBeReadIsAShortage() {
        broken = true;

        assertThat(shortage()).isEqualTo("the disk of %s cannot be used: IOException: gone", folder);
    }

    @Test
    void theDatabaseIsNotOpenedOnADiskOnWhichItCouldNotRecover() throws IOException {
        free(10 * MB);
        shortage();

        free(MB / 2);
        disk.prepare();
        assertThat(reserve()).doesNotExist();

        free(MB / 2);
        assertThatThrownBy(disk::prepare)
                .isInstanceOf(IOException.class)
                .hasMessage("the disk is full: 512 kB are free, and opening the database may need 1 MB");
    }

    @Test
    void theUsualFloorIsTheSmallerOf256MegabytesAndAFifthOfTheDisk() {
        assertThat(DiskFloor.of(OptionalLong.empty(), 130 * MB).bytes()).isEqualTo(26 * MB);
        assertThat(DiskFloor.of(OptionalLong.empty(), 100_000 * MB).bytes()).isEqualTo(256 * MB);
        assertThat(DiskFloor.of(OptionalLong.of(5), 130 * MB).bytes()).isEqualTo(5);
    }

    private Path reserve() {
        return folder.resolve("reserve");
    }

    /** Has so much free, whether or not there is a reserve now. */
    private void free(long bytes) {
        others = 100 * MB - bytes - reserved();
        now = now.plus(Duration.ofSeconds(1));
    }

    private String shortage() {
        now = now.plus(Duration.ofSeconds(1));
        return disk.shortage().orElse("");
    }

    private long usable() throws IOException {
        if (broken) {
            throw new IOException("gone");
        }
        return 100 * MB - others - reserved();
    }

    private long reserved() {
        return reserve().toFile().length();
    }
}
