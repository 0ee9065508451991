package interlock.applier;

import static interlock.applier.PlanBuilder.plan;
import static org.assertj.core.api.Assertions.assertThat;

import interlock.neo4j.Neo4jServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Attempts that end together are stored together. What happens while the driver waits is told, wait by wait. */
@ExtendWith(Neo4jServer.class)
class GatheringTest {
    private static final Duration LONGEST_GAP = Duration.ofMillis(1);

    /** In the end what still runs ends, and the applier stops. */
    private final class Told extends Signal {
        private final List<Runnable> during;
        private final List<Duration> waits = new ArrayList<>();

        Told(Runnable... during) {
            this.during = new ArrayList<>(List.of(during));
        }

        @Override
        public boolean await(Duration atMost) {
            waits.add(atMost);
            (during.isEmpty() ? (Runnable) this::end : during.removeFirst()).run();
            return raised();
        }

        private boolean raised() {
            try {
                return super.await(Duration.ZERO);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        private void end() {
            rig.runStarted();
            applier.stop();
        }

        /** {@return how many waits for a signal there were before the driver went to work again, time after time} */
        List<Boolean> gaps() {
            return waits.stream().map(wait -> wait.compareTo(LONGEST_GAP) <= 0).toList();
        }
    }

    @AutoClose
    private final Rig rig = new Rig();

    private Applier applier;

    private Told run(Told told) {
        applier = rig.applier(20, told);
        applier.run();
        return told;
    }

    private Runnable ends(String id) {
        return () -> rig.take(id).run();
    }

    private List<Integer> stored() {
        return rig.advances.stream().map(advance -> advance.settled().size()).toList();
    }

    @Test
    void whatEndsWhileTheNextIsWaitedForIsStoredWithIt() {
        rig.start(plan().action("a").action("b").action("c"));

        run(new Told(ends("a"), ends("b"), () -> {}));

        assertThat(stored()).startsWith(0, 2);
    }

    @Test
    void thoseThatHaveEndedWaitForFiveOthersAtTheMost() {
        rig.start(plan().action("a")
                .action("b")
                .action("c")
                .action("d")
                .action("e")
                .action("f")
                .action("g")
                .action("h"));

        Told told = run(new Told(ends("a"), ends("b"), ends("c"), ends("d"), ends("e"), ends("f"), ends("g")));

        assertThat(stored()).startsWith(0, 6);
        assertThat(told.gaps()).startsWith(false, true, true, true, true, true, false);
    }

    @Test
    void nobodyIsWaitedForWhereNobodyRuns() {
        rig.start(plan().action("a").action("b", "a"));

        Told told = run(new Told(ends("a"), ends("b")));

        assertThat(stored()).startsWith(0, 1, 1);
        assertThat(told.gaps()).startsWith(false, false, false);
    }
}
