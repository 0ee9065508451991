package interlock.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Detects a severe slowdown of applying plans, by the ratio to the floor in the same run, so that the speed of the
 * machine does not matter.
 */
class DrainGuardTest {
    /** Normally, Interlock takes about one and a half times as long as the floor. */
    private static final double LIMIT = 4;

    private static final int MOST_ROUNDS = 15;

    @Test
    void aPlanIsAppliedInNotManyTimesTheTimeThatItsBareWritesTake(@TempDir Path directory) {
        Options options = Options.brief(directory);
        Workload workload = Workload.of(Shape.LAYERED, 1_000);
        double interlockBest = Double.MAX_VALUE;
        double floorBest = Double.MAX_VALUE;
        try (Interlock interlock = new Interlock(options.service());
                Floor floor = new Floor(options.database(), options.batch)) {
            for (int round = 0; round < MOST_ROUNDS; round++) {
                interlockBest = Math.min(interlockBest, interlock.drain(workload).seconds());
                floorBest = Math.min(floorBest, floor.drain(workload).seconds());
                // the first rounds are slow for both, before their code is compiled
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
