package interlock.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Notices when applying plans has become a lot slower: by how many times the floor, in the same run, is quicker. Whatever
 * the machine does, it does to both.
 */
class DrainGuardTest {
    /** Interlock takes about one and a half times as long as the floor. */
    private static final double LIMIT = 4;

    private static final int MOST_ROUNDS = 15;

    @Test
    void aPlanIsAppliedInNotManyTimesTheTimeThatItsBareWritesTake(@TempDir Path directory) {
        Options options = Options.usual(directory);
        Workload workload = Workload.of(Shape.LAYERED, 1_000);
        double interlockBest = Double.MAX_VALUE;
        double floorBest = Double.MAX_VALUE;
        try (Interlock interlock = new Interlock(options.service());
                Floor floor = new Floor(options.database(), options.batch)) {
            for (int round = 0; round < MOST_ROUNDS; round++) {
                interlockBest = Math.min(interlockBest, interlock.drain(workload).seconds());
                floorBest = Math.min(floorBest, floor.drain(workload).seconds());
                // the first ones are slow for both: nothing is compiled yet
                if (round >= 2 && interlockBest <= LIMIT * floorBest) {
                    break;
                }
            }
        }

        assertThat(interlockBest / floorBest)
                .as("layered-1000 took %.3f s, its bare writes %.3f s, each at its best", interlockBest, floorBest)
                .isLessThanOrEqualTo(LIMIT);
    }
}
